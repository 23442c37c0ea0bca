import { Temporal } from 'temporal-polyfill';
import { dayMs, type Instant } from './instant.js';

/** An IANA time zone name, as `Europe/Zurich`. */
export type TimeZone = string;

/** A calendar day in some zone, `YYYY-MM-DD`. */
export type LocalDate = string;

/** True if the runtime's time zone database knows the name. */
export function isTimeZone(name: string): boolean {
  try {
    Temporal.Now.zonedDateTimeISO(name);
    return true;
  } catch {
    return false;
  }
}

/** The moment as wall-clock time in a zone. */
export const inZone = (at: Instant, zone: TimeZone): Temporal.ZonedDateTime =>
  Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);

/** The calendar day that a moment falls on in a zone. */
export const localDate = (at: Instant, zone: TimeZone): LocalDate =>
  inZone(at, zone).toPlainDate().toString();

/**
 * The moment at which a wall clock in the zone shows `time` on `date`.
 * In a daylight-saving gap the later moment is meant, in a repeated hour the earlier (RFC 5545).
 */
export const atLocalTime = (date: LocalDate, time: string, zone: TimeZone): Instant =>
  Temporal.PlainDate.from(date).toZonedDateTime({ timeZone: zone, plainTime: Temporal.PlainTime.from(time) })
    .epochMilliseconds;

/** The first moment of a local day (not always 00:00: some zones change their clocks at midnight). */
export const startOfDay = (date: LocalDate, zone: TimeZone): Instant =>
  Temporal.PlainDate.from(date).toZonedDateTime(zone).epochMilliseconds;

/** The calendar day `days` after `date` (before, if negative). */
export const addDays = (date: LocalDate, days: number): LocalDate =>
  Temporal.PlainDate.from(date).add({ days }).toString();

/** Days, by zone and number, on which it is known whether the zone's offset changes; forgotten when there are too many. */
const changing = new Map<string, boolean>();
const changingAtMost = 10_000;

/** True if the zone's offset changes within a day of the day that holds the moment. Asked often, so remembered. */
function changesAround(at: Instant, zone: TimeZone): boolean {
  const day = Math.floor(at / dayMs);
  const key = `${zone} ${day}`;
  const known = changing.get(key);
  if (known !== undefined) return known;
  const next = inZone((day - 1) * dayMs, zone).getTimeZoneTransition('next');
  const changes = next !== null && next.epochMilliseconds < (day + 2) * dayMs;
  if (changing.size >= changingAtMost) changing.clear();
  changing.set(key, changes);
  return changes;
}

/** True if the zone's wall clock shows this time of day twice around that moment: such a time is never spoken. */
export function isAmbiguous(at: Instant, zone: TimeZone): boolean {
  if (!changesAround(at, zone)) return false;
  const local = inZone(at, zone);
  const plain = local.toPlainDateTime();
  const earlier = plain.toZonedDateTime(zone, { disambiguation: 'earlier' }).epochMilliseconds;
  const later = plain.toZonedDateTime(zone, { disambiguation: 'later' }).epochMilliseconds;
  return earlier !== later;
}

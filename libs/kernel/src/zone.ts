import { Temporal } from 'temporal-polyfill';
import { dayMs, isoDate, minuteMs, type Instant } from './instant.js';
import { steadyOffset } from './offsets.js';

/** An IANA time zone name, as `Europe/Zurich`. */
export type TimeZone = string;

/** A calendar day in some zone, `YYYY-MM-DD`. */
export type LocalDate = string;

/** What a wall clock and calendar in some zone show. */
export interface LocalTime {
  /** Days of the zone's calendar since 1970-01-01, which is day 0: two of them say how many days lie between. */
  readonly day: number;
  /** Since 00:00 on the clock's face, 0–1439. */
  readonly minuteOfDay: number;
}

/** True if the runtime's time zone database knows the name. An offset (`+01:00`) is none: it knows no summer. */
export function isTimeZone(name: string): boolean {
  if (!/^[A-Za-z]/.test(name)) return false;
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

const offsetAt = (at: Instant, zone: TimeZone): number =>
  steadyOffset(at, zone) ?? inZone(at, zone).offsetNanoseconds / 1e6;

/** The same as numbers, in a fraction of the time. */
export function localTime(at: Instant, zone: TimeZone): LocalTime {
  const wall = at + offsetAt(at, zone);
  const day = Math.floor(wall / dayMs);
  return { day, minuteOfDay: Math.floor((wall - day * dayMs) / minuteMs) };
}

/** The calendar day that a moment falls on in a zone. */
export const localDate = (at: Instant, zone: TimeZone): LocalDate => dateOf(at + offsetAt(at, zone));

/** The moment at which the zone's clock shows what a UTC clock shows at `wall`; undefined near a change of the clocks. */
function steadyInstant(wall: Instant, zone: TimeZone): Instant | undefined {
  const offset = steadyOffset(wall, zone);
  return offset === undefined ? undefined : wall - offset;
}

/**
 * The moment at which a wall clock in the zone shows `time` on `date`.
 * In a daylight-saving gap the later moment is meant, in a repeated hour the earlier (RFC 5545).
 */
export const atLocalTime = (date: LocalDate, time: string, zone: TimeZone): Instant =>
  steadyInstant(Date.parse(`${date}T${time}Z`), zone) ??
  Temporal.PlainDate.from(date).toZonedDateTime({ timeZone: zone, plainTime: Temporal.PlainTime.from(time) })
    .epochMilliseconds;

/** The first moment of a local day (not always 00:00: some zones change their clocks at midnight). */
export const startOfDay = (date: LocalDate, zone: TimeZone): Instant =>
  steadyInstant(Date.parse(date), zone) ??
  Temporal.PlainDate.from(date).toZonedDateTime(zone).epochMilliseconds;

/** The calendar day `days` after `date` (before, if negative). */
export const addDays = (date: LocalDate, days: number): LocalDate => dateOf(Date.parse(date) + days * dayMs);

const dateOf = (wall: Instant): LocalDate => isoDate(Math.floor(wall / dayMs));

/** True if the zone's wall clock shows this time of day twice around that moment: such a time is never spoken. */
export function isAmbiguous(at: Instant, zone: TimeZone): boolean {
  if (steadyOffset(at, zone) !== undefined) return false;
  const plain = inZone(at, zone).toPlainDateTime();
  const earlier = plain.toZonedDateTime(zone, { disambiguation: 'earlier' }).epochMilliseconds;
  const later = plain.toZonedDateTime(zone, { disambiguation: 'later' }).epochMilliseconds;
  return earlier !== later;
}

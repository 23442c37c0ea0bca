import { type PoolSettings, settingsByDefault } from '@handover/contracts';
import { type Instant, type TimeZone, addDays, atLocalTime, inZone, localDate } from '@handover/kernel';

/** Wall-clock hours in one zone at which a call to it may begin: at or after `from`, before `to`. */
export interface AllowedHours {
  readonly zone: TimeZone;
  readonly from: string;
  readonly to: string;
}

/** The hours that a pool keeps for people in this zone and country. */
export function allowedHours(
  pool: Pick<PoolSettings, 'callingHours' | 'countryHours'> | undefined,
  { timeZone, country }: { readonly timeZone: TimeZone; readonly country?: string },
): AllowedHours {
  const ofCountry = pool?.countryHours?.find((hours) => hours.country === country);
  const { from, to } = ofCountry ?? pool?.callingHours ?? settingsByDefault.callingHours;
  return { zone: timeZone, from, to };
}

/** May a call begin at this moment? Hours that end at or before they begin last over midnight. */
export function isAllowed(at: Instant, { zone, from, to }: AllowedHours): boolean {
  const time = inZone(at, zone).toPlainTime().toString({ smallestUnit: 'minute' });
  return from < to ? from <= time && time < to : from <= time || time < to;
}

/** The first moment at or after `at` at which a call may begin. */
export function nextAllowed(at: Instant, hours: AllowedHours): Instant {
  if (isAllowed(at, hours)) return at;
  const today = localDate(at, hours.zone);
  const opening = atLocalTime(today, hours.from, hours.zone);
  return opening >= at ? opening : atLocalTime(addDays(today, 1), hours.from, hours.zone);
}

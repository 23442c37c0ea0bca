import { type Instant, type TimeZone, dayMs, isAmbiguous, localTime } from '@handover/kernel';

/** A moment as a person in some zone would point at it. */
export interface Moment {
  /** Calendar days from the day on which it is spoken: 0 today, 1 tomorrow. */
  readonly daysAhead: number;
  /** 1 Monday … 7 Sunday. */
  readonly weekday: number;
  readonly dayOfMonth: number;
  /** 1–12. */
  readonly month: number;
  /** 0–23, on the listener's wall clock. */
  readonly hour: number;
  readonly minute: number;
}

/** What a listener's wall clock and calendar show at `at`, when it is spoken at `now`. */
export function momentOf(at: Instant, zone: TimeZone, now: Instant): Moment {
  const { day, minuteOfDay } = localTime(at, zone);
  const date = new Date(day * dayMs);
  return {
    daysAhead: day - localTime(now, zone).day,
    weekday: ((day + 3) % 7) + 1, // Day 0 was a Thursday.
    dayOfMonth: date.getUTCDate(),
    month: date.getUTCMonth() + 1,
    hour: Math.floor(minuteOfDay / 60),
    minute: minuteOfDay % 60,
  };
}

/** False for a time that the zone's wall clock shows twice around that moment: nobody could tell which is meant. */
export const isSpeakable = (start: Instant, zone: TimeZone): boolean => !isAmbiguous(start, zone);

/** Hours that belong, in speech, to the night before: they are named by the day that they open. */
export const isSmallHour = (moment: Moment): boolean => moment.hour < 5;

/** True if a weekday alone would not tell which day is meant. */
export const needsDate = (moment: Moment): boolean => moment.daysAhead < 0 || moment.daysAhead > 6;

/** True if a listener who has just heard `before` knows the day of `moment`. Small hours name the day only as the end of a night. */
export const saysDayOf = (before: Moment, moment: Moment): boolean =>
  before.daysAhead === moment.daysAhead && !isSmallHour(before);

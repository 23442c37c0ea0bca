import { Temporal } from 'temporal-polyfill';
import { dayMs, type Instant } from './instant.js';

/** A stretch of time, `[from, to)`, in which a zone's offset from UTC does not change. */
interface Steady {
  readonly from: Instant;
  readonly to: Instant;
  readonly offsetMs: number;
}

/**
 * The last stretch that was looked up, by zone. Callers ask about days that lie together, and clocks change twice a year,
 * so it answers nearly every question, and memory grows only with the number of zones.
 */
const latest = new Map<string, Steady>();

/**
 * The zone's offset from UTC in ms, if it is the same from a day before the moment until a day after it; undefined if the
 * clocks change in between. With an offset wall-clock time is an addition; without one, `Temporal` has to be asked.
 */
export function steadyOffset(at: Instant, zone: string): number | undefined {
  let steady = latest.get(zone);
  if (!steady || at < steady.from || at >= steady.to) {
    steady = steadyAt(at, zone);
    latest.set(zone, steady);
  }
  return at - dayMs >= steady.from && at + dayMs < steady.to ? steady.offsetMs : undefined;
}

function steadyAt(at: Instant, zone: string): Steady {
  const moment = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
  const next = moment.getTimeZoneTransition('next');
  // A transition is the first moment of what comes after it: the one that begins at this very moment is "previous" to the next.
  const previous = moment.add({ nanoseconds: 1 }).getTimeZoneTransition('previous');
  return {
    from: previous?.epochMilliseconds ?? -Infinity,
    to: next?.epochMilliseconds ?? Infinity,
    offsetMs: moment.offsetNanoseconds / 1e6,
  };
}

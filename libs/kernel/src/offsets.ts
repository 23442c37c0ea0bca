import { Temporal } from 'temporal-polyfill';
import { dayMs, type Instant } from './instant.js';

/** A stretch of time, `[from, to)`, in which a zone's wall clock is always as far from UTC. */
interface Steady {
  readonly from: Instant;
  readonly to: Instant;
  readonly offsetMs: number;
}

/**
 * By zone, what was asked about last. Callers ask about days that lie together, and clocks change twice a year: one
 * stretch answers nearly all, and memory stays at one record for each zone that is ever named.
 */
const latest = new Map<string, Steady>();

/**
 * How far the zone's wall clock is ahead of UTC at a moment and a day before and after it, in ms; undefined if the
 * clock is changed within that day. Far from a change, wall-clock time is addition; near one, `Temporal` decides.
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

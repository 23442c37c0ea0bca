import { type Instant, addDays, atLocalTime } from '@handover/kernel';
import { type ShiftPlan } from './agent.js';

/** Unbroken work: `[from, until)`. */
export interface Stretch {
  readonly from: Instant;
  readonly until: Instant;
}

/**
 * What a shift means: its work without its breaks, earliest first. A time of day at or before the shift's begin is meant
 * on the next day; a break that begins with the shift shortens it. Wall clocks count: a night in which the clocks
 * change is an hour shorter or longer (half an hour at Lord Howe), and a shift that falls into a gap holds no work.
 */
export function stretchesOf({ date, from, to, timeZone, breaks = [] }: ShiftPlan): Stretch[] {
  const today = (time: string): Instant => atLocalTime(date, time, timeZone);
  const tomorrow = (time: string): Instant => atLocalTime(addDays(date, 1), time, timeZone);
  const begin = today(from);
  const ending = (time: string): Instant => (time <= from ? tomorrow(time) : today(time));
  const end = ending(to);
  const pauses = breaks
    .map((pause) => ({
      from: pause.from < from ? tomorrow(pause.from) : today(pause.from),
      until: ending(pause.to),
    }))
    .sort((one, other) => one.from - other.from);
  const stretches: Stretch[] = [];
  let resumed = begin;
  for (const pause of pauses) {
    stretches.push({ from: resumed, until: Math.min(pause.from, end) });
    resumed = Math.max(resumed, pause.until);
  }
  return joined([...stretches, { from: resumed, until: end }]);
}

/** The same work with overlapping and adjoining stretches made one, earliest first; empty ones are left out. */
export function joined(stretches: readonly Stretch[]): Stretch[] {
  const inOrder = stretches
    .filter(({ from, until }) => from < until)
    .sort((one, other) => one.from - other.from);
  const result: Stretch[] = [];
  for (const stretch of inOrder) {
    const last = result.at(-1);
    if (!last || last.until < stretch.from) result.push(stretch);
    else result[result.length - 1] = { from: last.from, until: Math.max(last.until, stretch.until) };
  }
  return result;
}

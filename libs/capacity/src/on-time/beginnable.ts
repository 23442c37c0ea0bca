import { normalCdf } from '../handle-time/normal.js';
import { completionsInWindow } from './backlog.js';
import { most, type OnTimeTerms } from './promisable.js';

/** Agents as a window opens, as far as is known by then. */
interface Available {
  /** Expected number who are free. */
  readonly free: number;
  /** Expected number who are free at some time before the window closes, and its variance. */
  readonly freed: number;
  readonly variance: number;
}

/** How many callbacks such agents can begin within the window. */
export type Beginnable = (available: Available) => number;

/**
 * The largest number of callbacks that agents begin within one window with the target's probability, given what is known
 * of them at its opening: those who are freed take one each, and those who are free at once as many more as they complete
 * (docs/capacity.md, "The near cells"). κ says what can be promised for any day, this what can still be kept today.
 */
export function beginnable({ handle, windowSeconds, target }: OnTimeTerms): Beginnable {
  const completions = completionsInWindow(handle, windowSeconds);
  return ({ free, freed, variance }) => {
    const mean = freed + free * completions.mean;
    return surely(mean, variance + free * completions.variance, target);
  };
}

/** The largest number that a sum of many small parts reaches with a probability: its normal quantile, in whole numbers. */
export function surely(mean: number, variance: number, probability: number): number {
  const deviation = Math.sqrt(variance);
  const reached = (count: number): boolean =>
    deviation > 0 ? normalCdf((mean + 0.5 - count) / deviation) >= probability : count < mean + 0.5;
  return most(Math.max(0, Math.ceil(mean)), reached);
}

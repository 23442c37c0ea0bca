import { type HandleTime } from '@handover/contracts';
import { plannedSeconds, priorVariation } from './learn.js';
import { type Spread } from './log-normal.js';

/** Callbacks of a pool taken together: how long they last, and what is planned for them on the grid. */
export interface Mix extends Spread {
  /** Mean planned time after rounding up to whole cells. */
  readonly plannedSeconds: number;
}

/**
 * The pool's callbacks as one kind, each issue type with the share that it had among the latest observations.
 * The variance of the mix is the mean of the variances plus the variance of the means.
 */
export function mixOf(handleTimes: readonly HandleTime[], defaultSeconds: number, cellSeconds: number): Mix {
  const onGrid = (seconds: number): number => Math.ceil(seconds / cellSeconds) * cellSeconds;
  const total = handleTimes.reduce((sum, { observations }) => sum + observations, 0);
  if (total === 0) {
    const planned = onGrid(plannedSeconds(defaultSeconds));
    return { meanSeconds: defaultSeconds, variation: priorVariation, plannedSeconds: planned };
  }
  const average = (value: (handle: HandleTime) => number): number =>
    handleTimes.reduce((sum, handle) => sum + value(handle) * handle.observations, 0) / total;
  const meanSeconds = average((handle) => handle.meanSeconds);
  const square = average((handle) => handle.meanSeconds ** 2 * (1 + handle.variation ** 2));
  return {
    meanSeconds,
    variation: Math.sqrt(Math.max(0, square / meanSeconds ** 2 - 1)),
    plannedSeconds: average((handle) => onGrid(handle.plannedSeconds)),
  };
}

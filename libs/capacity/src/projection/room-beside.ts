import { secondMs, type Instant } from '@handover/kernel';
import { surely } from '../on-time/beginnable.js';
import { type OnTimeTerms } from '../on-time/promisable.js';
import { type Grid } from './grid.js';
import { type Headcount } from './headcount.js';

/**
 * How many callbacks may be in progress in a cell beside those that wait already, who go first. Agents who are never idle
 * begin N·t/m callbacks in t seconds, with a variance of N·c²·t/m, beside those who are free now; until the window of a start
 * closes, all who waited must have begun too. What is promised between need not be counted: κ promises less in each window
 * than agents begin in it, so only the first windows are short.
 */
export function roomBeside(
  { waiting, atWork, elsewhere, inService }: Headcount,
  grid: Grid,
  now: Instant,
  { handle, plannedSeconds, target }: OnTimeTerms,
): (cell: number) => number {
  if (waiting === 0) return () => Infinity;
  const length = Math.ceil((plannedSeconds * secondMs) / grid.cellMs);
  const free = Math.max(0, (atWork[0] ?? 0) - (elsewhere[0] ?? 0) - inService);
  return (cell) => {
    const agents = atWork[cell - grid.first] ?? 0;
    const completions = (agents * ((cell + 1) * grid.cellMs - now)) / secondMs / handle.meanSeconds;
    const begun = surely(free + completions, completions * handle.variation ** 2, target);
    return Math.max(0, length * (begun - waiting));
  };
}

import { secondMs, type Instant } from '@handover/kernel';
import { surely } from '../on-time/beginnable.js';
import { type OnTimeTerms } from '../on-time/promisable.js';
import { type Grid } from './grid.js';
import { type Headcount } from './headcount.js';

/** Those who wait already go first: what room they leave for starts in the cells to come. */
export interface Queue {
  /** Callbacks that may be in progress in a cell, in order of the cells. */
  admits(cell: number): number;
  /** So many may be promised there. */
  admit(cell: number, promised: number): void;
}

/**
 * Agents who are never idle begin N·t/m callbacks in t seconds, with a variance of N·c²·t/m, beside those who are free now.
 * Until the window of a start closes, all who waited before it must have begun too. Undefined if nobody waits.
 */
export function queueOf(
  { waiting, atWork, elsewhere, inService }: Headcount,
  grid: Grid,
  now: Instant,
  { handle, plannedSeconds, target }: OnTimeTerms,
): Queue | undefined {
  if (waiting === 0) return undefined;
  const length = Math.ceil((plannedSeconds * secondMs) / grid.cellMs);
  const free = Math.max(0, (atWork[0] ?? 0) - (elsewhere[0] ?? 0) - inService);
  let before = waiting;
  return {
    admits: (cell) => {
      const agents = atWork[cell - grid.first] ?? 0;
      const completions = (agents * ((cell + 1) * grid.cellMs - now)) / secondMs / handle.meanSeconds;
      const begun = surely(free + completions, completions * handle.variation ** 2, target);
      return Math.max(0, Math.floor(length * (begun - before)));
    },
    admit: (cell, promised) => {
      // Starts of the cell that has begun are under way, or wait.
      if (cell > grid.first) before += promised / length;
    },
  };
}

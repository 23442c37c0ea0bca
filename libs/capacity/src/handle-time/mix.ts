import { type HandleTime } from '@handover/contracts';
import { type Spread } from './log-normal.js';

/** What is known of one issue type, as far as a mix needs it. */
type Kind = Omit<HandleTime, 'issueType'>;

/** The mean of a value over callbacks: each kind weighs as much as it has observations. */
const averageOver =
  (kinds: readonly Kind[]) =>
  (value: (kind: Kind) => number): number => {
    const total = kinds.reduce((sum, { observations }) => sum + observations, 0);
    return kinds.reduce((sum, kind) => sum + value(kind) * kind.observations, 0) / total;
  };

/**
 * The callbacks of several kinds taken as one kind. The variance of the mix is the mean of the variances plus the variance
 * of the means.
 */
export function mixOf(kinds: readonly Kind[]): Spread {
  const average = averageOver(kinds);
  const meanSeconds = average((kind) => kind.meanSeconds);
  const square = average((kind) => kind.meanSeconds ** 2 * (1 + kind.variation ** 2));
  return { meanSeconds, variation: Math.sqrt(Math.max(0, square / meanSeconds ** 2 - 1)) };
}

/** Mean planned time of a callback, each rounded up to whole cells. */
export const plannedOnGrid = (kinds: readonly Kind[], cellSeconds: number): number =>
  averageOver(kinds)((kind) => Math.ceil(kind.plannedSeconds / cellSeconds) * cellSeconds);

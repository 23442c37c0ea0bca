import { type HandleTime } from '@handover/contracts';
import { type Spread } from './log-normal.js';

/** The prior weighs as much as this many completed callbacks: after so many, half of the estimate is observation. */
export const priorWeight = 10;

/** Coefficient of variation believed before anything was observed: that of call centres is near 1. */
export const priorVariation = 1;

/** An observation further above the median than so many robust deviations (of the logarithms) counts as if it lay there. */
const deviationsAtMost = 2.5;

/** Makes the median absolute deviation estimate a normal's standard deviation: 1/Φ⁻¹(¾) (Hampel, JASA 69, 1974). */
const madToSigma = 1.4826;

/** If more than half of all observations are equal, the rest may still differ by 5 %. */
const leastSigma = 0.05;

function median(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? 0) + upper) / 2;
}

/**
 * The handle time of one issue type, from what was observed and from what the pool's settings expect.
 *
 * Handle times are skewed, so what is an outlier is asked of their logarithms: a time counts as at most
 * exp(median + 2.5 · 1.4826 · MAD). A disposition that was forgotten for an hour then moves the mean by little, while calls
 * that were hung up at once can move it by no more than their share. Mean and mean square of the times so clipped are
 * averaged with those of the prior, which weighs as much as ten callbacks. Measured on real calls: docs/capacity.md.
 *
 * @param seconds the latest observations, any order
 * @param priorMeanSeconds `handleSeconds` of the pool
 */
export function learnHandleTime(
  issueType: string,
  seconds: readonly number[],
  priorMeanSeconds: number,
): HandleTime {
  const spread = learned(seconds, { meanSeconds: priorMeanSeconds, variation: priorVariation });
  const meanSeconds = Math.max(1, Math.round(spread.meanSeconds));
  return {
    issueType,
    meanSeconds,
    variation: Math.round(spread.variation * 100) / 100,
    observations: seconds.length,
    plannedSeconds: plannedSeconds(meanSeconds),
  };
}

function learned(seconds: readonly number[], prior: Spread): Spread {
  const limit = limitOf(seconds);
  const clipped = seconds.map((value) => Math.min(limit, value));
  const withPrior = (expected: number, values: readonly number[]): number =>
    (priorWeight * expected + values.reduce((sum, value) => sum + value, 0)) / (priorWeight + values.length);
  const meanSeconds = withPrior(prior.meanSeconds, clipped);
  const meanSquare = withPrior(
    prior.meanSeconds ** 2 * (1 + prior.variation ** 2),
    clipped.map((value) => value ** 2),
  );
  return { meanSeconds, variation: Math.sqrt(meanSquare / meanSeconds ** 2 - 1) };
}

/** The longest time that is believed as it is. */
function limitOf(seconds: readonly number[]): number {
  const logs = seconds.map((value) => Math.log(Math.max(1, value)));
  const centre = median(logs);
  const deviation = madToSigma * median(logs.map((log) => Math.abs(log - centre)));
  return Math.exp(centre + deviationsAtMost * Math.max(leastSigma, deviation));
}

/**
 * The handle time to go by: what was published, until what is learned differs from it by more than its own standard error,
 * or from twice as many observations. Each callback changes the estimate a little; to follow would withdraw promises for
 * nothing but noise.
 */
export function steady(learned: HandleTime, published: HandleTime | undefined): HandleTime {
  if (!published || learned.observations >= 2 * published.observations) return learned;
  const standardError = 1 / Math.sqrt(learned.observations + priorWeight);
  const differs = (now: number, before: number, share: number): boolean =>
    Math.abs(now - before) > share * standardError * before;
  return differs(learned.meanSeconds, published.meanSeconds, learned.variation) ||
    differs(learned.variation, published.variation, 1)
    ? learned
    : { ...published, plannedSeconds: plannedSeconds(published.meanSeconds) };
}

/**
 * What a callback is planned to take of one agent: the mean. Its users round it up to the pool's grid; that it often
 * takes longer is κ's business (`promisable`), which knows how much.
 */
export const plannedSeconds = (meanSeconds: number): number =>
  Math.min(86_400, Math.max(1, Math.ceil(meanSeconds)));

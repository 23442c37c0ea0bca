import { type HandleTime } from '@handover/contracts';
import { logNormal, spreadOf, type Spread } from './log-normal.js';

/** As many completed callbacks as the prior weighs: after so many, half of what is believed was observed. */
export const priorWeight = 10;

/** Coefficient of variation believed before anything was observed: that of call centres is near 1. */
export const priorVariation = 1;

/** Observations further out than so many robust deviations count as if they were there. */
const deviationsAtMost = 3;

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

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

/**
 * The handle time of one issue type, from what was observed and from what the pool's settings expect.
 *
 * On the logarithms xᵢ: clip to median ± 3 · 1.4826 · MAD (so that neither a forgotten disposition nor calls hung up in
 * the first second tell the tale; breakdown point one half), take mean x̄ and variance s² of what remains, then shrink
 * towards the prior of weight k = 10: μ = (k μ₀ + n x̄)/(k + n), σ² = (k σ₀² + n s²)/(k + n). Mean and variation are those
 * of the log-normal (μ, σ). Derivation and measurement on real calls: docs/capacity.md.
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

function learned(seconds: readonly number[], expected: Spread): Spread {
  const prior = logNormal(expected);
  const count = seconds.length;
  if (count === 0) return expected;
  const logs = seconds.map((value) => Math.log(Math.max(1, value)));
  const centre = median(logs);
  const reach =
    deviationsAtMost * Math.max(leastSigma, madToSigma * median(logs.map((log) => Math.abs(log - centre))));
  const clipped = logs.map((log) => Math.min(centre + reach, Math.max(centre - reach, log)));
  const average = mean(clipped);
  const variance = mean(clipped.map((log) => (log - average) ** 2));
  const shrunk = (prior: number, observed: number): number =>
    (priorWeight * prior + count * observed) / (priorWeight + count);
  return spreadOf({ mu: shrunk(prior.mu, average), sigma: Math.sqrt(shrunk(prior.sigma ** 2, variance)) });
}

/**
 * What a callback is planned to take of one agent: the mean. Its users round it up to the pool's grid; that it often
 * takes longer is κ's business (`promisable`), which knows how much.
 */
export const plannedSeconds = (meanSeconds: number): number =>
  Math.min(86_400, Math.max(1, Math.ceil(meanSeconds)));

import { normalCdf } from './normal.js';

/** A length of time as it varies: mean, and standard deviation / mean. */
export interface Spread {
  readonly meanSeconds: number;
  readonly variation: number;
}

/** Parameters of a log-normal: its logarithm is normal with this mean and standard deviation. */
export interface LogNormal {
  readonly mu: number;
  readonly sigma: number;
}

/**
 * The log-normal with a given mean and coefficient of variation. Handle times of call centres are log-normal to a
 * remarkable degree: Brown, Gans, Mandelbaum, Sakov, Shen, Zeltyn, Zhao, "Statistical Analysis of a Telephone Call
 * Center: A Queueing-Science Perspective", JASA 100 (2005).
 */
export function logNormal({ meanSeconds, variation }: Spread): LogNormal {
  const square = Math.log1p(variation * variation);
  return { mu: Math.log(meanSeconds) - square / 2, sigma: Math.sqrt(square) };
}

/** P(H ≤ seconds). */
export function logNormalCdf({ mu, sigma }: LogNormal, seconds: number): number {
  if (seconds <= 0) return 0;
  if (sigma === 0) return Math.log(seconds) >= mu ? 1 : 0;
  return normalCdf((Math.log(seconds) - mu) / sigma);
}

/** P(H > seconds); far out in the tail it stands still above 0, so that conditional probabilities exist. */
export const survival = (handle: Spread, seconds: number): number =>
  Math.max(smallest, 1 - logNormalCdf(logNormal(handle), seconds));

const smallest = 1e-7;

/** Beyond this many deviations the tail is numerically nothing; who is that far out is taken to be just there. */
const deviationsAtMost = 5;

/**
 * How many more seconds are to be expected of something that has lasted this long, E(H − age | H > age). Of a
 * log-normal it grows with age: who overruns will overrun some more.
 */
export function meanResidualSeconds(handle: Spread, ageSeconds: number): number {
  if (ageSeconds <= 0) return handle.meanSeconds;
  const { mu, sigma } = logNormal(handle);
  if (sigma === 0) return Math.max(0, handle.meanSeconds - ageSeconds);
  const deviations = Math.min(deviationsAtMost, (Math.log(ageSeconds) - mu) / sigma);
  const age = Math.exp(mu + deviations * sigma);
  return (handle.meanSeconds * normalCdf(sigma - deviations)) / normalCdf(-deviations) - age;
}

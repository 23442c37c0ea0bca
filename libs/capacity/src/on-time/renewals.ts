/** Completions of one agent who is never idle, by grid step since the last service began. */
export interface Renewals {
  /** E N */
  readonly mean: Float64Array;
  /** E N² */
  readonly meanSquare: Float64Array;
}

const at = (values: Float64Array, index: number): number => values[index] ?? 0;

/** What happens within a step happens in its middle: the mean of both its ends. */
const between = (values: Float64Array, left: number): number => (at(values, left) + at(values, left + 1)) / 2;

/**
 * Solves the renewal equations M = F + F∗M and Q = F + F∗(2M + Q) for the mean and the mean square of the number of
 * renewals (Feller, An Introduction to Probability Theory and Its Applications II, chapter XI).
 * @param cdf distribution of one service time, by grid step
 */
export function renewalsOf(cdf: Float64Array, steps: number): Renewals {
  const mean = new Float64Array(steps + 1);
  const meanSquare = new Float64Array(steps + 1);
  for (let now = 1; now <= steps; now += 1) {
    // The end of the first step is what is sought: until then its begin stands for it.
    mean[now] = at(mean, now - 1);
    meanSquare[now] = at(meanSquare, now - 1);
    let [first, second] = [0, 0];
    for (let served = 1; served <= now; served += 1) {
      const probability = at(cdf, served) - at(cdf, served - 1);
      const further = between(mean, now - served);
      first += probability * (1 + further);
      second += probability * (1 + 2 * further + between(meanSquare, now - served));
    }
    mean[now] = first;
    meanSquare[now] = second;
  }
  return { mean, meanSquare };
}

/** What a callback begun earlier adds to the backlog: itself if it is still in service, less its agent's completions. */
export interface Carryover {
  /** Probability that it is still in service. */
  readonly inService: number;
  readonly mean: number;
  readonly variance: number;
}

/** A callback that began `age` steps ago, seen over the next `steps`: Z = 1{H > age} · (1 − completions of its agent). */
export function carryoverOf(cdf: Float64Array, renewals: Renewals, age: number, steps: number): Carryover {
  let [completions, squares] = [0, 0];
  for (let served = 1; served <= steps; served += 1) {
    const probability = at(cdf, age + served) - at(cdf, age + served - 1);
    const further = between(renewals.mean, steps - served);
    completions += probability * (1 + further);
    squares += probability * (1 + 2 * further + between(renewals.meanSquare, steps - served));
  }
  const inService = 1 - at(cdf, age);
  const mean = inService - completions;
  return { inService, mean, variance: inService - 2 * completions + squares - mean * mean };
}

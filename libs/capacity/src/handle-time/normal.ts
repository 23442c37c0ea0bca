const inverseRootOfTwoPi = 1 / Math.sqrt(2 * Math.PI);

/** Density of the standard normal distribution. */
const normalDensity = (x: number): number => inverseRootOfTwoPi * Math.exp(-0.5 * x * x);

/**
 * Distribution function of the standard normal, P(Z ≤ x), to about 1e-15 (absolute).
 * Series of G. Marsaglia, "Evaluating the Normal Distribution", Journal of Statistical Software 11(4), 2004.
 */
export function normalCdf(x: number): number {
  if (x < -8) return 0;
  if (x > 8) return 1;
  let term = x;
  let sum = x;
  for (let odd = 3; term * term > 1e-34; odd += 2) {
    term *= (x * x) / odd;
    sum += term;
  }
  return 0.5 + sum * normalDensity(x);
}

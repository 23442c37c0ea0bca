import { logNormal, logNormalCdf, type Spread } from '../handle-time/log-normal.js';

const stepsPerPeriod = 24;
const periodsKept = 12;
const roundsAtMost = 200;

/**
 * Probability that a lone agent with a callback in every period begins one at least `windowSeconds` late: the tail of
 * Lindley's recursion W ← max(0, W + H − period) (Lindley, Proc. Cambridge Phil. Soc. 48, 1952), iterated on a grid until
 * it stands still. Service times are rounded up to the grid, so the answer errs on the late side. Above one half the
 * answer is only "more than one half".
 */
export function lateAlone(handle: Spread, periodSeconds: number, windowSeconds: number): number {
  if (handle.meanSeconds >= periodSeconds) return 1;
  const parameters = logNormal(handle);
  const step = periodSeconds / stepsPerPeriod;
  const most = Math.max(stepsPerPeriod * periodsKept, Math.ceil((4 * windowSeconds) / step));
  const service = Float64Array.from({ length: most + stepsPerPeriod + 1 }, (_, index) =>
    index === 0 ? 0 : logNormalCdf(parameters, index * step) - logNormalCdf(parameters, (index - 1) * step),
  );
  let waits = new Float64Array(most + 1);
  waits[0] = 1;
  let late = 0;
  // Begun with an idle agent, the probability only grows; nobody asks how far beyond one half.
  for (let round = 0; round < roundsAtMost && late <= 0.5; round += 1) {
    waits = nextWaits(waits, service);
    const now = waits.subarray(Math.floor(windowSeconds / step)).reduce((sum, mass) => sum + mass, 0);
    const settled = now - late < 1e-7 && round > 2 * (windowSeconds / periodSeconds) + 2;
    late = now;
    if (settled) break;
  }
  return late;
}

function nextWaits(waits: Float64Array, service: Float64Array): Float64Array<ArrayBuffer> {
  const most = waits.length - 1;
  const next = new Float64Array(most + 1);
  for (let wait = 0; wait <= most; wait += 1) {
    const mass = waits[wait] ?? 0;
    if (mass < 1e-12) continue;
    let placed = 0;
    for (let served = 1; served < service.length && wait + served - stepsPerPeriod < most; served += 1) {
      const probability = mass * (service[served] ?? 0);
      const rest = wait + served - stepsPerPeriod;
      const later = rest > 0 ? rest : 0;
      next[later] = (next[later] ?? 0) + probability;
      placed += probability;
    }
    next[most] = (next[most] ?? 0) + mass - placed;
  }
  return next;
}

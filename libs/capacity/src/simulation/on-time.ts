import { seededRandom } from '@handover/kernel';
import { logNormal } from '../handle-time/log-normal.js';
import { type OnTimeTerms } from '../on-time/promisable.js';
import { AgentsAtWork } from './agents-at-work.js';
import { fullPlan, startPatterns, type StartPattern } from './full-plan.js';
import { normalFrom } from './normal-from.js';

export interface OnTimeRun {
  readonly terms: OnTimeTerms;
  readonly agents: number;
  /** Callbacks that the plan has in progress at once. */
  readonly promised: number;
  readonly pattern: StartPattern;
  readonly starts: number;
  readonly seed: number;
}

export interface OnTimeResult {
  /** Share of promised starts that happened inside their window. */
  readonly onTime: number;
  /** Half width of its 95 % confidence interval, from batch means: neighbours in time are alike. */
  readonly margin: number;
}

const batches = 40;
const shareOfWarmUp = 0.05;

/** Student's t for a two-sided 95 % interval with 39 degrees of freedom. */
const studentT = 2.023;

/**
 * Simulates a centre that promises as much as it may, all day: log-normal handle times, each callback taken by whoever
 * is free first, in the order of the promised starts. Shares no formula with κ.
 */
export function simulateOnTime({ terms, agents, promised, pattern, starts, seed }: OnTimeRun): OnTimeResult {
  if (promised < 1) return { onTime: 1, margin: 0 };
  const { windowSeconds, plannedSeconds, handle } = terms;
  const random = seededRandom(seed);
  const { mu, sigma } = logNormal(handle);
  const atWork = new AgentsAtWork(agents);
  const length = Math.ceil(plannedSeconds / windowSeconds);
  const kept: number[] = [];
  fullPlan(pattern, { promised, length, starts }, random).forEach((callbacks, cell) => {
    const due = cell * windowSeconds;
    for (let each = 0; each < callbacks; each += 1) {
      const began = atWork.serve(due, Math.exp(mu + sigma * normalFrom(random)));
      kept.push(began < due + windowSeconds ? 1 : 0);
    }
  });
  return batchMeans(kept.slice(Math.floor(kept.length * shareOfWarmUp)));
}

/** The worst of the patterns. */
export const simulateWorst = (run: Omit<OnTimeRun, 'pattern'>): OnTimeResult =>
  startPatterns
    .map((pattern) => simulateOnTime({ ...run, pattern }))
    .reduce((worst, result) => (result.onTime < worst.onTime ? result : worst));

function batchMeans(values: readonly number[]): OnTimeResult {
  const size = Math.floor(values.length / batches);
  const means = Array.from({ length: batches }, (_, batch) =>
    mean(values.slice(batch * size, (batch + 1) * size)),
  );
  const onTime = mean(means);
  const variance = means.reduce((sum, value) => sum + (value - onTime) ** 2, 0) / (batches - 1);
  return { onTime, margin: studentT * Math.sqrt(variance / batches) };
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

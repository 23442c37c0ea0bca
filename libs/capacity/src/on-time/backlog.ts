import { logNormal, logNormalCdf, type Spread } from '../handle-time/log-normal.js';
import { normalCdf } from '../handle-time/normal.js';
import { carryoverOf, renewalsOf, type Carryover } from './renewals.js';

/** Planned durations that a busy period is followed back: with the target in reach it ends long before. */
const periodsBack = 14;

/** Grid steps to a planned duration; more if a window would be less than one. */
const stepsPerPeriod = 40;

/** Callbacks older than so many mean handle times have ended. */
const meansRemembered = 30;

/** One callback's part in the backlog at the end of a window, if the last idle moment was `periods` planned durations earlier. */
interface Moment {
  /** Starts since then, of each agent's worth of promises. */
  readonly periods: number;
  /** Callbacks begun before that moment: expected number still in service then, and their net backlog. */
  readonly inService: number;
  readonly carried: number;
  readonly carriedVariance: number;
  /** Completions of an agent who had nothing in service at that moment. */
  readonly completions: number;
  readonly completionsVariance: number;
}

/**
 * Probability that the last of a batch of simultaneous starts begins after its window, when as many are promised in
 * every planned duration: the backlog of docs/capacity.md, "κ". For two agents and more; may exceed 1 a little.
 */
export function lateProbability(
  handle: Spread,
  plannedSeconds: number,
  windowSeconds: number,
): (agents: number, promised: number) => number {
  const moments = momentsOf(handle, plannedSeconds, windowSeconds);
  const overrun = overrunOf(handle, plannedSeconds, windowSeconds);
  // That earlier starts were themselves late is left out above; it matters to few agents with short windows.
  const allowance = 2 * (1 - Math.min(1, windowSeconds / plannedSeconds));
  return (agents, promised) => {
    const backlogs = moments.map((moment) => backlogged(moment, agents, promised));
    // With no more promises than agents, busy periods end within those followed back.
    const ever = promised > agents ? overrun(agents, promised) : 0;
    return (1 + allowance / agents) * Math.max(ever, ...backlogs);
  };
}

/**
 * The same for a last idle moment long ago, where busy periods have no end in sight. The backlog is then a random walk
 * that changes in each planned duration by the starts less the completions of busy agents; how high it ever stands is
 * exponential (Lundberg's bound: Asmussen, Applied Probability and Queues, chapter XIII), and it may stand as high as what
 * can wait at a batch and still begin in time.
 */
function overrunOf(
  { meanSeconds, variation }: Spread,
  plannedSeconds: number,
  windowSeconds: number,
): (agents: number, promised: number) => number {
  const perPeriod = plannedSeconds / meanSeconds;
  const perWindow = Math.min(1, windowSeconds / plannedSeconds) * perPeriod;
  return (agents, promised) => {
    const drift = agents * perPeriod - promised;
    const room = agents * (1 + perWindow) - promised;
    if (drift <= 0 || room <= 0) return 1;
    return Math.exp((-2 * drift * room) / (agents * perPeriod * variation ** 2));
  };
}

/** Completions in one window of an agent who begins it with a new callback. */
export function completionsInWindow(
  handle: Spread,
  windowSeconds: number,
): { readonly mean: number; readonly variance: number } {
  const stepSeconds = windowSeconds / stepsPerPeriod;
  const parameters = logNormal(handle);
  const cdf = Float64Array.from({ length: stepsPerPeriod + 1 }, (_, step) =>
    logNormalCdf(parameters, step * stepSeconds),
  );
  const { mean, meanSquare } = renewalsOf(cdf, stepsPerPeriod);
  const completions = mean[stepsPerPeriod] ?? 0;
  return { mean: completions, variance: (meanSquare[stepsPerPeriod] ?? 0) - completions ** 2 };
}

/** P(starts − completions since the last idle moment ≥ agents), with the normal approximation and its half correction. */
function backlogged(moment: Moment, agents: number, promised: number): number {
  const inService = promised * moment.inService;
  const counted = Math.min(inService, agents - 1) / (inService || 1);
  const fresh = agents - inService * counted;
  const mean =
    promised * (moment.periods + 1) - 1 + promised * moment.carried * counted - fresh * moment.completions;
  const variance = promised * moment.carriedVariance * counted + fresh * moment.completionsVariance;
  const short = agents - 0.5 - mean;
  return variance > 0 ? 1 - normalCdf(short / Math.sqrt(variance)) : Number(short <= 0);
}

function momentsOf(handle: Spread, plannedSeconds: number, windowSeconds: number): Moment[] {
  const perPeriod = Math.max(stepsPerPeriod, Math.ceil(plannedSeconds / windowSeconds));
  const stepSeconds = plannedSeconds / perPeriod;
  const window = Math.floor(windowSeconds / stepSeconds + 1e-9);
  const steps = window + periodsBack * perPeriod;
  const batchesBack = Math.ceil((meansRemembered * handle.meanSeconds) / plannedSeconds);
  const parameters = logNormal(handle);
  const cdf = Float64Array.from({ length: steps + batchesBack * perPeriod + 1 }, (_, step) =>
    logNormalCdf(parameters, step * stepSeconds),
  );
  const renewals = renewalsOf(cdf, steps);
  return Array.from({ length: periodsBack + 1 }, (_, periods) => {
    const seen = window + periods * perPeriod;
    const earlier = Array.from({ length: batchesBack }, (_, batch) =>
      carryoverOf(cdf, renewals, (batch + 1) * perPeriod, seen),
    );
    const sum = (value: (part: Carryover) => number): number =>
      earlier.reduce((total, part) => total + value(part), 0);
    const completions = renewals.mean[seen] ?? 0;
    return {
      periods,
      inService: sum((part) => part.inService),
      carried: sum((part) => part.mean),
      carriedVariance: sum((part) => part.variance),
      completions,
      completionsVariance: (renewals.meanSquare[seen] ?? 0) - completions ** 2,
    };
  });
}

import { type Spread } from '../handle-time/log-normal.js';
import { lateProbability } from './backlog.js';
import { lateAlone } from './lone-agent.js';

/** What the number of exact promises depends on, beside the number of agents. */
export interface OnTimeTerms {
  /** How long a callback takes. */
  readonly handle: Spread;
  /** What is planned for it, on the grid. */
  readonly plannedSeconds: number;
  /** Length of the start window. */
  readonly windowSeconds: number;
  /** Probability with which a promised start must happen inside its window, 0.5 to 0.999. */
  readonly target: number;
  /** Largest share of their time that agents may be busy with what is promised; default 1. */
  readonly maxOccupancy?: number;
}

/** κ: how many callbacks may be planned to be in progress at once, by so many interchangeable agents. */
export type Promisable = (agents: number) => number;

const termsRemembered = 64;
const remembered = new Map<string, Promisable>();

/**
 * κ(N, variability, window / handle time, target): of N interchangeable agents, the largest number of callbacks that may
 * be planned to be in progress at any time so that each promised start happens inside its window with the target's
 * probability, even if the plan is always full and all its starts fall on the same moment. Derived and validated in
 * docs/capacity.md. More than N where the plan is longer than callbacks take: starts have a window, in which those who end
 * early take the next. A lone agent carries one, or mostly none.
 */
export function promisable(terms: OnTimeTerms): Promisable {
  const key = JSON.stringify(terms);
  const known = remembered.get(key) ?? derived(terms);
  remembered.delete(key);
  remembered.set(key, known);
  const [oldest] = remembered.keys();
  if (remembered.size > termsRemembered && oldest !== undefined) remembered.delete(oldest);
  return known;
}

function derived({
  handle,
  plannedSeconds,
  windowSeconds,
  target,
  maxOccupancy = 1,
}: OnTimeTerms): Promisable {
  const late = lateProbability(handle, plannedSeconds, windowSeconds);
  const limit = (agents: number): number => {
    const busyAll = Math.floor((maxOccupancy * agents * plannedSeconds) / handle.meanSeconds);
    return agents === 1 ? Math.min(1, busyAll) : busyAll;
  };
  const keepsTarget = (agents: number, promised: number): boolean =>
    (agents === 1 ? lateAlone(handle, plannedSeconds, windowSeconds) : late(agents, promised)) <= 1 - target;
  const answers = new Map<number, number>([[0, 0]]);
  return (agents) => {
    const answer = answers.get(agents) ?? most(limit(agents), (promised) => keepsTarget(agents, promised));
    answers.set(agents, answer);
    return answer;
  };
}

/** The largest number up to a limit for which something holds that holds for all smaller ones. */
export function most(limit: number, holds: (count: number) => boolean): number {
  let [fits, tooMany] = [0, limit + 1];
  while (tooMany - fits > 1) {
    const middle = (fits + tooMany) >> 1;
    if (holds(middle)) fits = middle;
    else tooMany = middle;
  }
  return fits;
}

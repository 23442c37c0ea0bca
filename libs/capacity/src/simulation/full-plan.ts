import { type Random } from '@handover/kernel';

/**
 * How promised starts fill a plan that is always full: all at once in every planned duration (`together`), as evenly as
 * the grid allows (`spread`), or wherever a random caller still found room (`asked`).
 */
export const startPatterns = ['together', 'spread', 'asked'] as const;
export type StartPattern = (typeof startPatterns)[number];

export interface PlanSize {
  /** Callbacks in progress at once. */
  readonly promised: number;
  /** Planned cells of one callback. */
  readonly length: number;
  readonly starts: number;
}

/** Callers ask until about every place is taken: this many tries for each start. */
const triesPerStart = 6;

/** How many callbacks start in each cell; never more than `promised` are planned to be in progress. */
export function fullPlan(pattern: StartPattern, size: PlanSize, random: Random): Uint32Array {
  const { promised, length, starts } = size;
  const plan = new Uint32Array(Math.ceil(starts / promised) * length);
  if (pattern === 'asked') return asked(plan, size, random);
  for (let cell = 0; cell < plan.length; cell += 1) {
    const place = cell % length;
    if (pattern === 'together') plan[cell] = place === 0 ? promised : 0;
    else plan[cell] = Math.floor(((place + 1) * promised) / length) - Math.floor((place * promised) / length);
  }
  return plan;
}

function asked(plan: Uint32Array, { promised, length, starts }: PlanSize, random: Random): Uint32Array {
  const load = new Uint32Array(plan.length + length);
  for (let tries = starts * triesPerStart; tries > 0; tries -= 1) {
    const first = random.below(plan.length);
    let room = true;
    for (let cell = first; cell < first + length; cell += 1) room &&= (load[cell] ?? 0) < promised;
    if (!room) continue;
    for (let cell = first; cell < first + length; cell += 1) load[cell] = (load[cell] ?? 0) + 1;
    plan[first] = (plan[first] ?? 0) + 1;
  }
  return plan;
}

import { type Instant, hourMs } from '@handover/kernel';
import { type Span } from './caller.js';

/** Agents who are all alike; each with the stretches of the day at which the agent works. */
export type Staff = readonly (readonly Span[])[];

/**
 * Shifts that put so many agents to work in each hour: agent n works whenever more than n are needed.
 * @param needed by hour, from `begin` on
 */
export function staffOf(needed: readonly number[], begin: Instant): Staff {
  return Array.from({ length: Math.max(...needed) }, (_, agent) => {
    const stretches: { from: Instant; until: Instant }[] = [];
    needed.forEach((count, hour) => {
      if (count <= agent) return;
      const from = begin + hour * hourMs;
      const last = stretches.at(-1);
      if (last?.until === from) last.until = from + hourMs;
      else stretches.push({ from, until: from + hourMs });
    });
    return stretches;
  });
}

export const paidMs = (staff: Staff): number =>
  staff.flat().reduce((sum, { from, until }) => sum + until - from, 0);

export const worksAt = (stretches: readonly Span[], moment: Instant): boolean =>
  stretches.some(({ from, until }) => from <= moment && moment < until);

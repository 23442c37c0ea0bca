import { type CompletePoolSettings } from '@handover/contracts';
import { type Instant } from '@handover/kernel';
import { agentsFor, type InboundTraffic } from './erlang-a.js';
import { expectedTraffic, type InboundLoad } from './loads.js';

/** Agents that inbound calls keep, of those who have all these skills. */
export interface Need {
  readonly skills: readonly string[];
  readonly agents: number;
}

/** Agents needed for inbound at a moment: one need for each set of skills that loads were reported for. */
export function inboundNeeds(
  loads: readonly InboundLoad[],
  settings: CompletePoolSettings,
  now: Instant,
): (moment: Instant) => readonly Need[] {
  const bySkills = Map.groupBy(loads, ({ skills }) => skills.join());
  const staffing = remembering((traffic: InboundTraffic) =>
    agentsFor(traffic, settings.inboundAnsweredAtOnce),
  );
  const sources = [...bySkills.values()].map((alike) => ({
    skills: alike[0]?.skills ?? [],
    trafficAt: expectedTraffic(alike, settings, now),
  }));
  return (moment) =>
    sources.flatMap(({ skills, trafficAt }) => {
      const traffic = trafficAt(moment);
      return traffic ? [{ skills, agents: staffing(traffic) }] : [];
    });
}

function remembering<Argument extends object>(
  answer: (argument: Argument) => number,
): (argument: Argument) => number {
  const known = new Map<string, number>();
  return (argument) => {
    const key = Object.values(argument).join();
    const value = known.get(key) ?? answer(argument);
    known.set(key, value);
    return value;
  };
}

/** Agents with the same skills, and how many of them are at work. */
export interface SkillSet {
  readonly skills: readonly string[];
  readonly atWork: number;
}

/**
 * Spreads the needs over the skill sets that can meet them, in proportion to the agents that each still has (largest
 * remainders first, then in the order given): a router that rings whoever is idle longest does the same. What exceeds
 * the agents at work is not met.
 * @returns agents reserved of each skill set
 */
export function shareOut(needs: readonly Need[], skillSets: readonly SkillSet[]): number[] {
  const reserved = skillSets.map(() => 0);
  for (const { skills, agents } of needs) {
    const left = skillSets.map(({ skills: has, atWork }, index) =>
      skills.every((skill) => has.includes(skill)) ? atWork - (reserved[index] ?? 0) : 0,
    );
    const available = left.reduce((sum, count) => sum + count, 0);
    const taken = Math.min(agents, available);
    proportional(left, taken, available).forEach(
      (count, index) => (reserved[index] = (reserved[index] ?? 0) + count),
    );
  }
  return reserved;
}

function proportional(left: readonly number[], taken: number, available: number): number[] {
  if (taken === 0) return left.map(() => 0);
  const exact = left.map((count) => (count * taken) / available);
  const shares = exact.map(Math.floor);
  const missing = taken - shares.reduce((sum, count) => sum + count, 0);
  const remainder = (index: number): number => (exact[index] ?? 0) - (shares[index] ?? 0);
  const first = left
    .map((_, index) => index)
    .sort((one, other) => remainder(other) - remainder(one) || one - other);
  for (const index of first.slice(0, missing)) shares[index] = (shares[index] ?? 0) + 1;
  return shares;
}

import { type Placement } from './placement.js';
import { type Search } from './search.js';

/** Others tried, worst first, when one demand is to take the place of another. */
const exchangesAtMost = 32;

/**
 * Finds places for demands that lost theirs, best rank first; who cannot stay is returned. Each that finds none takes
 * the place of the worst ranked below it that stands in its way, if there is one. For one-cell demands this is the
 * greedy algorithm of a transversal matroid: what stays is as many as can, and no other such set has better ranks.
 */
export function rehome(placement: Placement, search: Search, displaced: readonly number[]): number[] {
  const { byRank } = placement.demands;
  const waiting = [...displaced].sort(byRank);
  const out: number[] = [];
  for (let slot = waiting.shift(); slot !== undefined; slot = waiting.shift()) {
    if (settle(placement, search, slot)) continue;
    const loser = exchange(placement, search, slot);
    if (loser === undefined) out.push(slot);
    else waiting.splice(waiting.filter((other) => byRank(other, loser) < 0).length, 0, loser);
  }
  return out.sort(byRank).filter((slot) => !settle(placement, search, slot));
}

function settle(placement: Placement, search: Search, slot: number): boolean {
  const plan = search.plan(placement.wishOf(slot));
  if (plan) placement.carryOut(slot, plan);
  return plan !== undefined;
}

/** Puts the demand in the place of a worse ranked one, and gives that one. */
function exchange(placement: Placement, search: Search, slot: number): number | undefined {
  for (const other of rivals(placement, search, slot)) {
    const home = placement.groupOf(other);
    const { start, end } = placement.wishOf(other);
    placement.take(other);
    search.saturation.freeing(start, end);
    if (settle(placement, search, slot)) return other;
    placement.put(other, home);
  }
  return undefined;
}

/** Worse ranked demands whose leaving could let this one in, the worst first. */
function rivals(placement: Placement, search: Search, slot: number): number[] {
  const { type, start, end } = placement.wishOf(slot);
  const full = search.saturation.knownFull(type, start, end);
  const all = full === undefined ? neighbours(placement, slot) : inTheWay(search, type, full);
  return all
    .filter((other) => placement.demands.byRank(slot, other) < 0)
    .sort((a, b) => placement.demands.byRank(b, a))
    .slice(0, exchangesAtMost);
}

function inTheWay({ flow }: Search, type: number, cell: number): number[] {
  flow.path(type, cell);
  return flow.inTheWay(cell);
}

/** Demands beside the wish in the groups that it may use. */
function neighbours(placement: Placement, slot: number): number[] {
  const { type, start, end } = placement.wishOf(slot);
  const found = new Set<number>();
  for (const group of placement.eligibility.of(type, start))
    for (let cell = start; cell < end; cell += 1)
      if (placement.groups.spans(group, cell, cell + 1))
        for (const bunch of placement.covering(group, cell))
          for (const other of placement.members(bunch)) found.add(other);
  return [...found];
}

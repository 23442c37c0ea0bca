import { type Placement } from './placement.js';
import { type Search } from './search.js';

/** Others tried, worst first, when one demand is to take the place of another. */
const rivalsTried = 4;

/** From so many displaced demands on, and so great a share of all, everything is placed anew. */
const massFrom = 1_000;
const massShare = 1 / 32;

/**
 * Finds places for demands that lost theirs; who cannot stay is returned, worst rank first.
 *
 * The best ranked looks first. Whoever finds no room takes the place of the worst ranked below it that stands in its way,
 * if there is one, and that one looks on. For one-cell demands this is the greedy algorithm of a transversal matroid:
 * what stays is as many as can, and no other such set has better ranks.
 */
export function rehome(placement: Placement, search: Search, displaced: readonly number[]): number[] {
  const { demands } = placement;
  const mass = displaced.length > massFrom && displaced.length > massShare * demands.count;
  const waiting = [...displaced, ...(mass ? takeAll(placement, search) : [])].sort(demands.byRank);
  const out = mass
    ? waiting.filter((slot) => !settle(placement, search, slot))
    : exchangeAll(placement, search, waiting);
  // Exchanges may have left room that only others fit.
  return out.filter((slot) => !settle(placement, search, slot)).reverse();
}

/** When much is gone, one greedy pass over all, best rank first, is quicker than exchanges one by one. */
function takeAll(placement: Placement, { saturation }: Search): number[] {
  const slots = placement.demands.placed();
  for (const slot of slots) {
    placement.take(slot);
    saturation.freeing(placement.demands.start(slot), placement.demands.end(slot));
  }
  return slots;
}

function exchangeAll(placement: Placement, search: Search, inOrder: readonly number[]): number[] {
  const { byRank } = placement.demands;
  const waiting = [...inOrder].reverse();
  const out: number[] = [];
  for (let slot = waiting.pop(); slot !== undefined; slot = waiting.pop()) {
    if (settle(placement, search, slot)) continue;
    const loser = exchange(placement, search, slot);
    if (loser === undefined) out.push(slot);
    else waiting.splice(waiting.findLastIndex((other) => byRank(other, loser) > 0) + 1, 0, loser);
  }
  return out.sort(byRank);
}

function settle(placement: Placement, search: Search, slot: number): boolean {
  const plan = search.plan(placement.wishOf(slot));
  if (plan) placement.carryOut(slot, plan);
  return plan !== undefined;
}

/** Puts the demand in the place of a worse ranked one, and gives that one. */
function exchange(placement: Placement, search: Search, slot: number): number | undefined {
  for (const other of rivals(placement, search, slot)) {
    const home = placement.demands.group(other);
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
  const { byRank } = placement.demands;
  return inTheWay(placement, search, slot)
    .filter((other) => byRank(slot, other) < 0)
    .sort((a, b) => byRank(b, a))
    .slice(0, rivalsTried);
}

/** Who stands in the way in every cell that is full; if none is, whoever lies beside it. */
function inTheWay(placement: Placement, { flow }: Search, slot: number): number[] {
  const { type, start, end } = placement.wishOf(slot);
  let common: readonly number[] | undefined;
  for (let cell = start; cell < end; cell += 1) {
    if (!flow.isFull(type, cell)) continue;
    const here = new Set(flow.inTheWay(cell));
    common = common ? common.filter((other) => here.has(other)) : [...here];
  }
  return common ? [...common] : neighbours(placement, slot);
}

/** Demands beside the wish in the groups that it may use. */
function neighbours(placement: Placement, slot: number): number[] {
  const { type, start, end } = placement.wishOf(slot);
  const found = new Set<number>();
  for (const group of placement.eligibility.of(type, start))
    for (let cell = start; cell < end; cell += 1)
      if (placement.groups.spans(group, cell, cell + 1))
        for (const other of placement.slotsCovering(group, cell)) found.add(other);
  return [...found];
}

import { at, none } from './memory.js';
import { type Move, type Placement, type Plan, type Wish } from './placement.js';

/** A wish in search of a place: the one asked for, or a demand that would give way to the link before it. */
interface Link {
  readonly wish: Wish;
  /** The demand that gives way; `none` for the wish asked for. */
  readonly slot: number;
  readonly before: number;
}

/** Links looked at before the search gives up. One-cell demands never get here with more than one link per type. */
const linksAtMost = 256;

/** Kinds of demand (skills and cells) met in one search. */
const kindOf = ({ type, start, end }: Wish): string => `${type}:${start}:${end}`;

/**
 * The shortest chain in which each demand gives way to the one before it and the last finds room: breadth first over
 * demands of any length. Each step takes one demand out of a group, so it misses rearrangements in which two must leave
 * at once; those are left to `rearrange`.
 */
export function findChain(placement: Placement, wish: Wish): Plan | undefined {
  const links: Link[] = [{ wish, slot: none, before: none }];
  const kinds = new Set([kindOf(wish)]);
  for (let index = 0; index < links.length && index < linksAtMost; index += 1) {
    const link = links[index];
    const plan = link && endAt(placement, links, link);
    if (plan) return plan;
    if (link) extend(placement, links, kinds, index, link);
  }
  return undefined;
}

const ownGroup = (placement: Placement, slot: number): number =>
  slot === none ? none : at(placement.demands.group, slot);

/** The plan in which this link finds room in some group, if that holds with all moves of the chain made together. */
function endAt(placement: Placement, links: readonly Link[], last: Link): Plan | undefined {
  const { type, start, end } = last.wish;
  for (const group of placement.eligibility.of(type, start)) {
    if (group === ownGroup(placement, last.slot) || !placement.groups.hasRoom(group, start, end)) continue;
    const plan = trace(placement, links, last, group);
    if (holds(placement, links[0]?.wish ?? last.wish, plan)) return plan;
  }
  return undefined;
}

function trace(placement: Placement, links: readonly Link[], last: Link, open: number): Plan {
  const moves: Move[] = [];
  let group = open;
  for (let link: Link | undefined = last; link && link.slot !== none; link = links[link.before]) {
    moves.push({ slot: link.slot, group });
    group = ownGroup(placement, link.slot);
  }
  return { group, moves };
}

/** True if the plan overbooks nothing: a chain may come through one group twice, so its steps are not independent. */
function holds(placement: Placement, wish: Wish, { group, moves }: Plan): boolean {
  const shift = (by: 1 | -1): void => {
    for (const move of moves) {
      placement.count(move.slot, ownGroup(placement, move.slot), by === 1 ? -1 : 1);
      placement.count(move.slot, move.group, by);
    }
    placement.countWish(wish, group, by);
  };
  shift(1);
  const sound =
    placement.overbookedCell(wish, group) === none &&
    moves.every((move) => placement.overbookedCell(placement.wishOf(move.slot), move.group) === none);
  shift(-1);
  return sound;
}

/** Adds every demand whose leaving alone would let this link into its group. */
function extend(placement: Placement, links: Link[], kinds: Set<string>, before: number, link: Link): void {
  const { groups, eligibility } = placement;
  const { type, start, end } = link.wish;
  for (const group of eligibility.of(type, start)) {
    if (group === ownGroup(placement, link.slot) || !groups.spans(group, start, end)) continue;
    let from = start;
    while (from < end && groups.freeAt(group, from) > 0) from += 1;
    let last = end - 1;
    while (last > from && groups.freeAt(group, last) > 0) last -= 1;
    if (from === end) continue;
    for (const slot of placement.covering(group, from, last)) {
      const wish = placement.wishOf(slot);
      const kind = kindOf(wish);
      if (kinds.has(kind)) continue;
      kinds.add(kind);
      links.push({ wish, slot, before });
    }
  }
}

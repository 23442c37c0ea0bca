import { type BerthRow, coversOf, headOf } from './berths.js';
import { at, none } from './memory.js';
import { type Move, type Placement, type Plan, type Wish } from './placement.js';
import { Seen } from './seen.js';

/** A group that a chain came to, and the cells of it that are full for whom it came with. */
interface Stop {
  readonly group: number;
  readonly from: number;
  readonly last: number;
  /** The demand that would move here; `none`: the wish itself. */
  readonly via: number;
  /** The stop at which that demand lies. */
  readonly before: Stop | undefined;
}

/**
 * Chains in which each demand gives way to the one before it and the last finds room: the shortest, breadth first, for
 * demands of any length. Each step lets one demand out of a group, so rearrangements in which two must leave a group at
 * once are not seen; they are left to `rearrange`.
 */
export class Chains {
  private stops: Stop[] = [];
  private readonly seen: Seen;
  private met = 0;

  constructor(private readonly placement: Placement) {
    this.seen = new Seen(placement);
  }

  /** Kinds of demand that the last search went on from. Less than its limit: it saw all that chains can reach. */
  get kindsMet(): number {
    return this.met;
  }

  /** For a wish that no group has room for: does one demand's leaving for another group do? */
  oneStep(wish: Wish): Plan | undefined {
    this.seen.begin();
    this.stops = [];
    this.met = 1;
    return this.come(wish, wish, none, undefined);
  }

  /** Goes on from where the search for this wish ended. Gives up when it has gone on from `atMost` kinds of demand. */
  furtherSteps(wish: Wish, atMost: number): Plan | undefined {
    let plan: Plan | undefined;
    for (let index = 0; !plan && this.met < atMost && index < this.stops.length; index += 1)
      plan = this.goOn(wish, this.stops[index], atMost);
    return plan;
  }

  /** Those who could leave the stop's group look for places elsewhere. */
  private goOn(wish: Wish, stop: Stop | undefined, atMost: number): Plan | undefined {
    if (!stop) return undefined;
    for (const slot of this.placement.covering(stop.group, stop.from, stop.last)) {
      const mover = this.placement.wishOf(slot);
      if (this.seen.kind(mover.type, mover.start, mover.end)) continue;
      this.met += 1;
      const plan = this.come(wish, mover, slot, stop);
      if (plan || this.met >= atMost) return plan;
    }
    return undefined;
  }

  /** Comes to each group that the mover may use: none has room, but somebody there may have somewhere to go. */
  private come(wish: Wish, mover: Wish, via: number, before: Stop | undefined): Plan | undefined {
    const { groups, eligibility } = this.placement;
    const { type, start, end } = mover;
    const eligible = eligibility.of(type, start);
    for (let index = 0; index < eligible.length; index += 1) {
      const group = at(eligible, index);
      if (!groups.spans(group, start, end)) continue;
      let from = start;
      while (from < end && groups.freeAt(group, from) > 0) from += 1;
      let last = end - 1;
      while (last > from && groups.freeAt(group, last) > 0) last -= 1;
      if (from === end || this.seen.group(group, from, last)) continue;
      const stop: Stop = { group, from, last, via, before };
      this.stops.push(stop);
      const plan = this.endAt(wish, stop);
      if (plan) return plan;
    }
    return undefined;
  }

  /** The plan in which somebody leaves the stop's group for a group with room. */
  private endAt(wish: Wish, stop: Stop): Plan | undefined {
    const row = this.placement.berths.row(stop.group);
    for (let lane = 0; lane < row.types.length; lane += 1) {
      if (coversOf(row, stop.from, lane) === 0) continue;
      const plan = this.endInLane(wish, stop, row, lane);
      if (plan) return plan;
    }
    return undefined;
  }

  private endInLane(wish: Wish, stop: Stop, row: BerthRow, lane: number): Plan | undefined {
    const { eligibility } = this.placement;
    const type = row.types[lane] ?? none;
    const kinds = row.kindsOfLane[lane] ?? [];
    const earliest = this.placement.earliestStart(stop.group, stop.last);
    // What starts earlier covers this start too: no room here, none there.
    for (let start = stop.from; start >= earliest && eligibility.isOpen(type, start); start -= 1)
      for (const kind of kinds) {
        const end = start + (row.kinds[kind]?.cells ?? 0);
        const slot = headOf(row, start, kind);
        if (slot === none || end <= stop.last) continue;
        const open = eligibility.withRoom(type, start, end);
        const plan = open === none ? undefined : this.trace(wish, stop, { slot, group: open });
        if (plan) return plan;
      }
    return undefined;
  }

  private trace(wish: Wish, end: Stop, last: Move): Plan | undefined {
    const moves = [last];
    let stop = end;
    for (; stop.before; stop = stop.before) moves.push({ slot: stop.via, group: stop.group });
    const plan = { group: stop.group, moves };
    return moves.length === 1 || this.holds(wish, plan) ? plan : undefined;
  }

  /** True if the plan overbooks nothing. A chain may pass through one group twice; then its steps depend on each other. */
  private holds(wish: Wish, plan: Plan): boolean {
    const { placement } = this;
    if (new Set(plan.moves.map(({ slot }) => slot)).size < plan.moves.length) return false;
    const moves = plan.moves.map(({ slot, group }) => ({
      wish: placement.wishOf(slot),
      from: placement.demands.group(slot),
      group,
    }));
    const all = [{ wish, group: plan.group }, ...moves];
    for (const move of moves) placement.count(move.wish.start, move.wish.end, move.from, -1);
    for (const laid of all) placement.count(laid.wish.start, laid.wish.end, laid.group, 1);
    const sound = all.every((laid) => placement.overbookedCell(laid.wish, laid.group) === none);
    for (const laid of all) placement.count(laid.wish.start, laid.wish.end, laid.group, -1);
    for (const move of moves) placement.count(move.wish.start, move.wish.end, move.from, 1);
    return sound;
  }
}

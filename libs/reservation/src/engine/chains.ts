import { at, grown, none } from './memory.js';
import { type Move, type Placement, type Plan, type Wish } from './placement.js';

const kindBits = 10;

/**
 * Chains in which each demand gives way to the one before it and the last finds room: the shortest, breadth first, for
 * demands of any length. Each step lets one demand out of a group, so rearrangements in which two must leave a group at
 * once are not seen; they are left to `rearrange`.
 */
export class Chains {
  /** Bunches met, in order; the first link is the wish itself. */
  private bunch: Int32Array = new Int32Array(64);
  private before: Int32Array = new Int32Array(64);
  private count = 0;

  private run = 0;
  /** Kinds met: the run, then skills and cells; a later kind may take the place of an earlier. */
  private readonly kinds = new Int32Array(4 << kindBits);
  private groupSeen: Int32Array = new Int32Array(16);
  private groupFrom: Int32Array = new Int32Array(16);
  private groupLast: Int32Array = new Int32Array(16);

  /** Whether some group has room for the type in the cell looked at last. */
  private typeSeen: Int32Array = new Int32Array(16);
  private typeCell: Int32Array = new Int32Array(16);
  private typeOpen: Int32Array = new Int32Array(16);

  constructor(private readonly placement: Placement) {}

  /** Demands that the last search met, the wish among them. Less than its limit: it saw all that chains can reach. */
  get length(): number {
    return this.count;
  }

  /** For a wish that no group has room for. Gives up when it has met `atMost` kinds of demand. */
  find(wish: Wish, atMost: number): Plan | undefined {
    this.begin(atMost);
    for (let index = 0; index < this.count; index += 1) {
      const next = index === 0 ? wish : this.placement.wishOfBunch(at(this.bunch, index));
      const plan = this.follow(wish, next, index, atMost);
      if (plan || this.count >= atMost) return plan;
    }
    return undefined;
  }

  private begin(atMost: number): void {
    const { groups, skillSets } = this.placement;
    this.bunch = grown(this.bunch, atMost);
    this.before = grown(this.before, atMost);
    this.groupSeen = grown(this.groupSeen, groups.extent);
    this.groupFrom = grown(this.groupFrom, groups.extent);
    this.groupLast = grown(this.groupLast, groups.extent);
    this.typeSeen = grown(this.typeSeen, skillSets.size);
    this.typeCell = grown(this.typeCell, skillSets.size);
    this.typeOpen = grown(this.typeOpen, skillSets.size);
    this.run += 1;
    this.bunch[0] = this.before[0] = none;
    this.count = 1;
  }

  /** Looks for a demand that could make way for the link's, in each group that it may use. */
  private follow(wish: Wish, { type, start, end }: Wish, index: number, atMost: number): Plan | undefined {
    const { groups, eligibility } = this.placement;
    const eligible = eligibility.of(type, start);
    for (let position = 0; position < eligible.length; position += 1) {
      const group = at(eligible, position);
      if (!groups.spans(group, start, end)) continue;
      let from = start;
      while (from < end && groups.freeAt(group, from) > 0) from += 1;
      let last = end - 1;
      while (last > from && groups.freeAt(group, last) > 0) last -= 1;
      if (from === end || this.seenGroup(group, from, last)) continue;
      const plan = this.enter(wish, group, from, last, index, atMost);
      if (plan || this.count >= atMost) return plan;
    }
    return undefined;
  }

  /** True if whoever could leave these cells of the group has been met already. */
  private seenGroup(group: number, from: number, last: number): boolean {
    const seen = at(this.groupSeen, group) === this.run;
    if (seen && at(this.groupFrom, group) >= from && at(this.groupLast, group) <= last) return true;
    this.groupSeen[group] = this.run;
    this.groupFrom[group] = from;
    this.groupLast[group] = last;
    return false;
  }

  /** Meets the demands that cover the group's full cells: each would make room alone. */
  private enter(
    wish: Wish,
    group: number,
    from: number,
    last: number,
    index: number,
    atMost: number,
  ): Plan | undefined {
    const { groups, bunches } = this.placement;
    const base = at(groups.base, group);
    const earliest = Math.max(at(groups.first, group), last - at(groups.longest, group) + 1);
    for (let start = from; start >= earliest; start -= 1)
      for (let bunch = at(groups.head, base + start); bunch !== none; bunch = bunches.next(bunch)) {
        if (bunches.end(bunch) <= last || this.seenKind(bunch)) continue;
        this.bunch[this.count] = bunch;
        this.before[this.count] = index;
        this.count += 1;
        const plan = this.isOpen(bunches.type(bunch), from) && this.endWith(wish, bunch, this.count - 1);
        if (plan) return plan;
        if (this.count >= atMost) return undefined;
      }
    return undefined;
  }

  /** True if a bunch of this kind (skills and cells) was met in this search; by a small table, so some are forgotten. */
  private seenKind(bunch: number): boolean {
    const { bunches } = this.placement;
    const [type, start, end] = [bunches.type(bunch), bunches.start(bunch), bunches.end(bunch)];
    const hash = Math.imul(Math.imul(type, 31) + start, 0x9e3779b1) + Math.imul(end, 0x85ebca6b);
    const place = ((hash ^ (hash >>> 16)) & ((1 << kindBits) - 1)) * 4;
    const { kinds } = this;
    if (
      at(kinds, place) === this.run &&
      at(kinds, place + 1) === type &&
      at(kinds, place + 2) === start &&
      at(kinds, place + 3) === end
    )
      return true;
    kinds[place] = this.run;
    kinds[place + 1] = type;
    kinds[place + 2] = start;
    kinds[place + 3] = end;
    return false;
  }

  /** True if some group has room for the type in this cell at least. */
  private isOpen(type: number, cell: number): boolean {
    if (at(this.typeSeen, type) === this.run && at(this.typeCell, type) === cell)
      return at(this.typeOpen, type) === 1;
    const { groups, eligibility } = this.placement;
    const eligible = eligibility.of(type, cell);
    let index = 0;
    while (index < eligible.length && groups.freeAt(at(eligible, index), cell) <= 0) index += 1;
    this.typeSeen[type] = this.run;
    this.typeCell[type] = cell;
    this.typeOpen[type] = index < eligible.length ? 1 : 0;
    return index < eligible.length;
  }

  /** The plan in which this bunch's demand ends the chain, if a group has room for it. */
  private endWith(wish: Wish, bunch: number, index: number): Plan | undefined {
    const { bunches } = this.placement;
    const open = this.placement.directGroup(bunches.type(bunch), bunches.start(bunch), bunches.end(bunch));
    if (open === none) return undefined;
    const plan = this.trace(index, open);
    return plan.moves.length === 1 || this.holds(wish, plan) ? plan : undefined;
  }

  private trace(index: number, open: number): Plan {
    const moves: Move[] = [];
    let group = open;
    for (let link = index; link > 0; link = at(this.before, link)) {
      const bunch = at(this.bunch, link);
      moves.push({ bunch, group });
      group = this.placement.bunches.group(bunch);
    }
    return { group, moves };
  }

  /** True if the plan overbooks nothing. A chain may pass through one group twice; then its steps depend on each other. */
  private holds(wish: Wish, plan: Plan): boolean {
    const { placement } = this;
    const moves = plan.moves.map(({ bunch, group }) => ({
      wish: placement.wishOfBunch(bunch),
      from: placement.bunches.group(bunch),
      group,
    }));
    if (new Set(plan.moves.map(({ bunch }) => bunch)).size < moves.length) return false;
    const all = [{ wish, group: plan.group }, ...moves];
    for (const move of moves) placement.count(move.wish, move.from, -1);
    for (const laid of all) placement.count(laid.wish, laid.group, 1);
    const sound = all.every((laid) => placement.overbookedCell(laid.wish, laid.group) === none);
    for (const laid of all) placement.count(laid.wish, laid.group, -1);
    for (const move of moves) placement.count(move.wish, move.from, 1);
    return sound;
  }
}

import { Demands } from './demands.js';
import { Eligibility } from './eligibility.js';
import { Groups } from './groups.js';
import { add, addAll, at, none } from './memory.js';
import { SkillSets } from './skill-sets.js';

/** A demand that wants a place: its skills' type and its cells `[start, end)`. */
export interface Wish {
  readonly type: number;
  readonly start: number;
  readonly end: number;
}

/** Where a wish goes, and who gives way to it: the whole of a change to the witness, found before it is made. */
export interface Plan {
  readonly group: number;
  readonly moves: readonly Move[];
}

export interface Move {
  readonly slot: number;
  readonly group: number;
}

/** The witness: which demand lies in which group, and what is free beside it. */
export class Placement {
  readonly groups = new Groups();
  readonly demands = new Demands();
  readonly skillSets = new SkillSets();
  readonly eligibility = new Eligibility(this.groups, this.skillSets);

  wishOf(slot: number): Wish {
    const { type, start, end } = this.demands;
    return { type: at(type, slot), start: at(start, slot), end: at(end, slot) };
  }

  /** The preferred group with room, as things are; `none` if no group has. */
  directGroup({ type, start, end }: Wish): number {
    for (const group of this.eligibility.of(type, start))
      if (this.groups.hasRoom(group, start, end)) return group;
    return none;
  }

  /** Lays a demand into a group. Whether it fits is the caller's business. */
  put(slot: number, group: number): void {
    const { demands, groups } = this;
    const [start, end] = [at(demands.start, slot), at(demands.end, slot)];
    const address = at(groups.base, group) + start;
    const head = at(groups.head, address);
    demands.group[slot] = group;
    demands.previous[slot] = none;
    demands.next[slot] = head;
    if (head !== none) demands.previous[head] = slot;
    groups.head[address] = slot;
    if (end - start > at(groups.longest, group)) groups.longest[group] = end - start;
    addAll(groups.free, address, address + end - start, -1);
  }

  /** Takes a demand out of its group. */
  take(slot: number): void {
    const { demands, groups } = this;
    const [start, end] = [at(demands.start, slot), at(demands.end, slot)];
    const address = at(groups.base, at(demands.group, slot)) + start;
    const [before, after] = [at(demands.previous, slot), at(demands.next, slot)];
    if (before === none) groups.head[address] = after;
    else demands.next[before] = after;
    if (after !== none) demands.previous[after] = before;
    demands.group[slot] = none;
    addAll(groups.free, address, address + end - start, 1);
  }

  /** Demands of the group that cover every cell from `from` to `last`, in the order of their starts from late to early. */
  covering(group: number, from: number, last = from): number[] {
    const { demands, groups } = this;
    const earliest = Math.max(at(groups.first, group), last - at(groups.longest, group) + 1);
    const base = at(groups.base, group);
    const found: number[] = [];
    for (let start = from; start >= earliest; start -= 1)
      for (let slot = at(groups.head, base + start); slot !== none; slot = at(demands.next, slot))
        if (at(demands.end, slot) > last) found.push(slot);
    return found;
  }

  /**
   * Carries out a plan and lays the demand where it says.
   * @throws Error if that overbooks a cell: the engine's last line of defence, nothing is sold on a faulty search
   */
  carryOut(slot: number, { group, moves }: Plan): void {
    for (const move of moves) this.take(move.slot);
    for (const move of moves) this.put(move.slot, move.group);
    this.put(slot, group);
    this.assertFits(slot);
    for (const move of moves) this.assertFits(move.slot);
  }

  /** Counts a demand's cells in or out of a group without laying it there: how a search tries things. */
  count(slot: number, group: number, by: 1 | -1): void {
    this.countWish(this.wishOf(slot), group, by);
  }

  countWish({ start, end }: Wish, group: number, by: 1 | -1): void {
    const base = at(this.groups.base, group);
    for (let cell = start; cell < end; cell += 1) add(this.groups.free, base + cell, -by);
  }

  /** First cell of the wish that the group has overbooked; `none` if all is well. */
  overbookedCell({ start, end }: Wish, group: number): number {
    const base = at(this.groups.base, group);
    for (let cell = start; cell < end; cell += 1) if (at(this.groups.free, base + cell) < 0) return cell;
    return none;
  }

  private assertFits(slot: number): void {
    const group = at(this.demands.group, slot);
    if (this.overbookedCell(this.wishOf(slot), group) !== none)
      throw new Error(`The engine overbooked ${this.groups.name(group)}: this is a bug`);
  }
}

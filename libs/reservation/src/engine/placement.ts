import { Berths, cover, headOf, kindOf, setHead } from './berths.js';
import { Demands } from './demands.js';
import { Eligibility } from './eligibility.js';
import { Groups } from './groups.js';
import { at, none } from './memory.js';
import { SkillSets } from './skill-sets.js';

/** What wants a place: the type of its skills and its cells `[start, end)`. */
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

/** A demand goes to another group. */
export interface Move {
  readonly slot: number;
  readonly group: number;
}

/** The witness: which demand lies in which group, and what is free beside it. */
export class Placement {
  readonly groups = new Groups();
  readonly demands = new Demands();
  readonly skillSets = new SkillSets();
  readonly berths = new Berths();
  readonly eligibility = new Eligibility(this.groups, this.skillSets);

  wishOf(slot: number): Wish {
    const { demands } = this;
    return { type: demands.type(slot), start: demands.start(slot), end: demands.end(slot) };
  }

  /** Lays a demand into a group that serves it. Whether it fits is the caller's business. */
  put(slot: number, group: number): void {
    const { demands, groups } = this;
    const [type, start, end] = [demands.type(slot), demands.start(slot), demands.end(slot)];
    const row = this.berths.row(group);
    const kind = kindOf(row, type, end - start);
    demands.link(slot, group, kind, headOf(row, start, kind));
    setHead(row, start, kind, slot);
    cover(row, row.kinds[kind]?.lane ?? 0, start, end, 1);
    if (end - start > at(groups.longest, group)) groups.longest[group] = end - start;
    this.count(start, end, group, 1);
  }

  /** Takes a demand out of its group. */
  take(slot: number): void {
    const { demands } = this;
    const [start, end, group, kind] = [
      demands.start(slot),
      demands.end(slot),
      demands.group(slot),
      demands.kind(slot),
    ];
    const row = this.berths.row(group);
    const head = demands.unlink(slot);
    if (head !== undefined) setHead(row, start, kind, head);
    cover(row, row.kinds[kind]?.lane ?? 0, start, end, -1);
    this.count(start, end, group, -1);
  }

  /** Heads of the group's bunches that cover every cell from `from` to `last`. */
  covering(group: number, from: number, last = from): number[] {
    const row = this.berths.row(group);
    const earliest = this.earliestStart(group, last);
    const found: number[] = [];
    for (let start = from; start >= earliest; start -= 1)
      for (let kind = 0; kind < row.kinds.length; kind += 1) {
        const slot = headOf(row, start, kind);
        if (slot !== none && this.demands.end(slot) > last) found.push(slot);
      }
    return found;
  }

  /** No demand of the group that covers the cell starts before this one. */
  earliestStart(group: number, cell: number): number {
    return Math.max(at(this.groups.first, group), cell - at(this.groups.longest, group) + 1);
  }

  /** The demands of a bunch, from its head on. */
  bunch(head: number): number[] {
    const slots: number[] = [];
    for (let slot = head; slot !== none; slot = this.demands.next(slot)) slots.push(slot);
    return slots;
  }

  /** Demands of the group that cover the cell. */
  slotsCovering(group: number, cell: number): number[] {
    return this.covering(group, cell).flatMap((head) => this.bunch(head));
  }

  /**
   * Carries out a plan and lays the demand where it says.
   * @throws Error if that overbooks a cell: the last line of defence, should a search ever be wrong
   */
  carryOut(slot: number, { group, moves }: Plan): void {
    for (const move of moves) this.take(move.slot);
    for (const move of moves) this.put(move.slot, move.group);
    this.put(slot, group);
    this.assertFits(slot);
    for (const move of moves) this.assertFits(move.slot);
  }

  /** Counts demands in or out of cells of a group without laying them there: how a search tries things. */
  count(start: number, end: number, group: number, by: number): void {
    const { free, base } = this.groups;
    const offset = at(base, group);
    for (let cell = start; cell < end; cell += 1) {
      const before = at(free, offset + cell);
      free[offset + cell] = before - by;
      if (before > 0 !== before - by > 0) this.eligibility.setOpen(group, cell, before - by > 0);
    }
  }

  /** First cell of the wish that the group has overbooked; `none` if all is well. */
  overbookedCell({ start, end }: Wish, group: number): number {
    const base = at(this.groups.base, group);
    for (let cell = start; cell < end; cell += 1) if (at(this.groups.free, base + cell) < 0) return cell;
    return none;
  }

  private assertFits(slot: number): void {
    const group = this.demands.group(slot);
    if (this.overbookedCell(this.wishOf(slot), group) !== none)
      throw new Error(`The engine overbooked ${this.groups.name(group)}: this is a bug`);
  }
}

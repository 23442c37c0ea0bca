import { type BerthRow, Berths, cover, headOf, setHead } from './berths.js';
import { Bunches } from './bunches.js';
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

/** One demand of the bunch goes to the group. */
export interface Move {
  readonly bunch: number;
  readonly group: number;
}

/** A demand that was moved. */
export interface Shift {
  readonly slot: number;
  readonly group: number;
}

/** The witness: which demand lies in which group, and what is free beside it. */
export class Placement {
  readonly groups = new Groups();
  readonly demands = new Demands();
  readonly bunches = new Bunches();
  readonly skillSets = new SkillSets();
  readonly berths = new Berths(this.groups, this.skillSets);
  readonly eligibility = new Eligibility(this.groups, this.skillSets);

  /** Most cells that any demand ever took. */
  longest = 1;

  wishOf(slot: number): Wish {
    const { demands } = this;
    return { type: demands.type(slot), start: demands.start(slot), end: demands.end(slot) };
  }

  wishOfBunch(bunch: number): Wish {
    const { bunches } = this;
    return { type: bunches.type(bunch), start: bunches.start(bunch), end: bunches.end(bunch) };
  }

  /** The group that carries the demand. */
  groupOf(slot: number): number {
    return this.bunches.group(this.demands.bunch(slot));
  }

  /** Lays a demand into a group that serves it. Whether it fits is the caller's business. */
  put(slot: number, group: number): void {
    const { demands, groups, bunches } = this;
    const [start, end] = [demands.start(slot), demands.end(slot)];
    const row = this.berths.row(group);
    const lane = row.types.indexOf(demands.type(slot));
    const bunch = this.bunchFor(row, lane, start, end, group);
    demands.link(slot, bunch, bunches.top(bunch));
    bunches.resize(bunch, 1, slot);
    cover(row, lane, start, end, 1);
    if (end - start > this.longest) this.longest = end - start;
    if (end - start > at(groups.longest, group)) groups.longest[group] = end - start;
    this.count(start, end, group, 1);
  }

  /** Takes a demand out of its group. */
  take(slot: number): void {
    const { demands, bunches } = this;
    const [start, end, bunch] = [demands.start(slot), demands.end(slot), demands.bunch(slot)];
    const group = bunches.group(bunch);
    const row = this.berths.row(group);
    const lane = row.types.indexOf(demands.type(slot));
    cover(row, lane, start, end, -1);
    this.count(start, end, group, -1);
    bunches.resize(bunch, -1, demands.unlink(slot, bunches.top(bunch)));
    if (bunches.size(bunch) === 0)
      setHead(row, start, lane, bunches.closeAt(bunch, headOf(row, start, lane)));
  }

  /** Bunches of the group that cover every cell from `from` to `last`. */
  covering(group: number, from: number, last = from): number[] {
    const { bunches } = this;
    const row = this.berths.row(group);
    const earliest = this.earliestStart(group, last);
    const found: number[] = [];
    for (let start = from; start >= earliest; start -= 1)
      for (let lane = 0; lane < row.types.length; lane += 1)
        for (let bunch = headOf(row, start, lane); bunch !== none; bunch = bunches.next(bunch))
          if (bunches.end(bunch) > last) found.push(bunch);
    return found;
  }

  /** No demand of the group that covers the cell starts before this one. */
  earliestStart(group: number, cell: number): number {
    return Math.max(at(this.groups.first, group), cell - at(this.groups.longest, group) + 1);
  }

  /** The demands of a bunch. */
  members(bunch: number): number[] {
    const slots: number[] = [];
    for (let slot = this.bunches.top(bunch); slot !== none; slot = this.demands.next(slot)) slots.push(slot);
    return slots;
  }

  /** Demands of the group that cover the cell. */
  slotsCovering(group: number, cell: number): number[] {
    return this.covering(group, cell).flatMap((bunch) => this.members(bunch));
  }

  /**
   * Carries out a plan, lays the demand where it says, and tells who was moved.
   * @throws Error if that overbooks a cell: the last line of defence, should a search ever be wrong
   */
  carryOut(slot: number, { group, moves }: Plan): Shift[] {
    const shifts = moves.map((move) => {
      const moved = this.bunches.top(move.bunch);
      this.take(moved);
      return { slot: moved, group: move.group };
    });
    for (const shift of shifts) this.put(shift.slot, shift.group);
    this.put(slot, group);
    this.assertFits(slot);
    for (const shift of shifts) this.assertFits(shift.slot);
    return shifts;
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

  private bunchFor(row: BerthRow, lane: number, start: number, end: number, group: number): number {
    const { bunches } = this;
    const head = headOf(row, start, lane);
    for (let bunch = head; bunch !== none; bunch = bunches.next(bunch))
      if (bunches.end(bunch) === end) return bunch;
    const bunch = bunches.openAt(head, row.types[lane] ?? none, start, end, group);
    setHead(row, start, lane, bunch);
    return bunch;
  }

  private assertFits(slot: number): void {
    const group = this.groupOf(slot);
    if (this.overbookedCell(this.wishOf(slot), group) !== none)
      throw new Error(`The engine overbooked ${this.groups.name(group)}: this is a bug`);
  }
}

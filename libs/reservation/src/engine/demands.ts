import { none } from './memory.js';
import { type Demand } from './port.js';
import { Records } from './records.js';
import { SlotIndex } from './slot-index.js';

/** Fields of a demand's slot. */
const [type, start, end, bunch, next, previous] = [0, 1, 2, 3, 4, 5] as const;

/** The demands that the engine carries, one numbered slot each. The demands of a bunch are a list. */
export class Demands extends Records {
  private readonly asked: (Demand | undefined)[] = [];
  private readonly index = new SlotIndex();

  /** How many there are. */
  get count(): number {
    return this.index.count;
  }

  /** Those that lie in a group. */
  placed(): number[] {
    return [...this.asked.keys()].filter(
      (slot) => this.asked[slot] !== undefined && this.bunch(slot) !== none,
    );
  }

  slotOf(id: string): number | undefined {
    return this.index.find(id);
  }

  /** What was asked for in this slot. @throws Error if the slot is vacant: a fault of the engine */
  at(slot: number): Demand {
    const demand = this.asked[slot];
    if (!demand) throw new Error(`Slot ${slot} of the engine is vacant: this is a bug`);
    return demand;
  }

  /** Which skills it wants, see SkillSets. */
  type(slot: number): number {
    return this.read(slot, type);
  }

  /** The first of its cells that still counts. */
  start(slot: number): number {
    return this.read(slot, start);
  }

  /** The cell after its last. */
  end(slot: number): number {
    return this.read(slot, end);
  }

  /** Where the witness places it; `none` while it is between groups. */
  bunch(slot: number): number {
    return this.read(slot, bunch);
  }

  next(slot: number): number {
    return this.read(slot, next);
  }

  add(demand: Demand, itsType: number, itsStart: number): number {
    const slot = this.open();
    this.asked[slot] = demand;
    this.index.add(demand.id, slot);
    this.write(slot, type, itsType);
    this.write(slot, start, itsStart);
    this.write(slot, end, demand.firstCell + demand.cells);
    this.write(slot, bunch, none);
    return slot;
  }

  remove(slot: number): void {
    this.index.remove(slot);
    this.asked[slot] = undefined;
    this.close(slot);
  }

  /** The demand began before the cell: what is past no longer counts. */
  clip(slot: number, cell: number): void {
    this.write(slot, start, cell);
  }

  /** Lays the demand on top of a bunch. */
  link(slot: number, itsBunch: number, top: number): void {
    this.write(slot, bunch, itsBunch);
    this.write(slot, next, top);
    this.write(slot, previous, none);
    if (top !== none) this.write(top, previous, slot);
  }

  /** Takes the demand out of its bunch, and gives the bunch's new top: `top` unless that was the demand. */
  unlink(slot: number, top: number): number {
    const [before, after] = [this.read(slot, previous), this.read(slot, next)];
    if (after !== none) this.write(after, previous, before);
    if (before !== none) this.write(before, next, after);
    this.write(slot, bunch, none);
    return top === slot ? after : top;
  }

  /** Oldest and most urgent first; the id decides between equals, so that every run agrees. */
  readonly byRank = (a: number, b: number): number => {
    const [first, second] = [this.at(a), this.at(b)];
    return first.rank - second.rank || (first.id < second.id ? -1 : 1);
  };
}

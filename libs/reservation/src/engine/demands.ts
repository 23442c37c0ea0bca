import { at, grown, none } from './memory.js';
import { type Demand } from './port.js';

/** The demands that the engine carries, one numbered slot each; slots are reused. */
export class Demands {
  /** First cell that still counts, and the cell after the last. */
  start: Int32Array = new Int32Array(64);
  end: Int32Array = new Int32Array(64);
  /** Which skills it wants, see SkillSets. */
  type: Int32Array = new Int32Array(64);
  /** Where the witness places it; `none` while it is between groups. */
  group: Int32Array = new Int32Array(64);
  /** Neighbours in the list of demands of one group that start at one cell. */
  next: Int32Array = new Int32Array(64);
  previous: Int32Array = new Int32Array(64);
  private readonly asked: (Demand | undefined)[] = [];
  private readonly slots = new Map<string, number>();
  private readonly vacant: number[] = [];

  /** Slots in use or vacant: a bound for memory indexed by slot. */
  get extent(): number {
    return this.asked.length;
  }

  slotOf(id: string): number | undefined {
    return this.slots.get(id);
  }

  /** What was asked for in this slot. @throws Error if the slot is vacant: a fault of the engine */
  at(slot: number): Demand {
    const demand = this.asked[slot];
    if (!demand) throw new Error(`Slot ${slot} of the engine is vacant`);
    return demand;
  }

  open(demand: Demand, type: number, start: number): number {
    const slot = this.vacant.pop() ?? this.asked.push(undefined) - 1;
    if (slot >= this.start.length) this.grow();
    this.asked[slot] = demand;
    this.slots.set(demand.id, slot);
    this.type[slot] = type;
    this.start[slot] = start;
    this.end[slot] = demand.firstCell + demand.cells;
    this.group[slot] = none;
    return slot;
  }

  close(slot: number): void {
    this.slots.delete(this.at(slot).id);
    this.asked[slot] = undefined;
    this.vacant.push(slot);
  }

  /** Oldest and most urgent first; the id decides between equals, so that every run agrees. */
  readonly byRank = (a: number, b: number): number => {
    const [first, second] = [this.at(a), this.at(b)];
    return first.rank - second.rank || (first.id < second.id ? -1 : 1);
  };

  /** Same skills and same cells: one may stand for the other. */
  alike(a: number, b: number): boolean {
    return (
      at(this.type, a) === at(this.type, b) &&
      at(this.start, a) === at(this.start, b) &&
      at(this.end, a) === at(this.end, b)
    );
  }

  private grow(): void {
    const size = this.start.length * 2;
    this.start = grown(this.start, size);
    this.end = grown(this.end, size);
    this.type = grown(this.type, size);
    this.group = grown(this.group, size);
    this.next = grown(this.next, size);
    this.previous = grown(this.previous, size);
  }
}

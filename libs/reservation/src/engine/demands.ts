import { grown, none } from './memory.js';
import { type Demand } from './port.js';

/** The demands that the engine carries, one numbered slot each; slots are reused. */
export class Demands {
  type: Int32Array = new Int32Array(64);
  /** First cell that still counts, and the cell after the last. */
  start: Int32Array = new Int32Array(64);
  end: Int32Array = new Int32Array(64);
  /** Where the witness places it, see Bunches; `none` while it is between groups. */
  bunch: Int32Array = new Int32Array(64);
  /** Neighbours in the bunch. */
  next: Int32Array = new Int32Array(64);
  previous: Int32Array = new Int32Array(64);
  private readonly asked: (Demand | undefined)[] = [];
  private readonly slots = new Map<string, number>();
  private readonly vacant: number[] = [];

  slotOf(id: string): number | undefined {
    return this.slots.get(id);
  }

  /** What was asked for in this slot. @throws Error if the slot is vacant: a fault of the engine */
  at(slot: number): Demand {
    const demand = this.asked[slot];
    if (!demand) throw new Error(`Slot ${slot} of the engine is vacant: this is a bug`);
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
    this.bunch[slot] = none;
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

  private grow(): void {
    const size = this.start.length * 2;
    this.type = grown(this.type, size);
    this.start = grown(this.start, size);
    this.end = grown(this.end, size);
    this.bunch = grown(this.bunch, size);
    this.next = grown(this.next, size);
    this.previous = grown(this.previous, size);
  }
}

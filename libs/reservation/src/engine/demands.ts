import { none } from './memory.js';
import { type Demand } from './port.js';
import { Records } from './records.js';
import { SlotIndex } from './slot-index.js';

/** Fields of a demand's slot. */
const [type, start, end, group, kind, next, previous, firstCell] = [0, 1, 2, 3, 4, 5, 6, 7] as const;

/** What is remembered of a demand: its skills as a type, see SkillSets. */
export type Remembered = Omit<Demand, 'skills'> & { readonly type: number };

/**
 * The demands that the engine carries, one numbered slot each. Those that are alike (same skills, same cells, same group)
 * are a list, a bunch: a search looks at one of them for all.
 */
export class Demands extends Records {
  private ranks = new Float64Array(64);
  private readonly index = new SlotIndex();

  /** How many there are. */
  get count(): number {
    return this.index.count;
  }

  /** Those that lie in a group. */
  placed(): number[] {
    return this.index.slots().filter((slot) => this.group(slot) !== none);
  }

  slotOf(id: string): number | undefined {
    return this.index.find(id);
  }

  idOf(slot: number): string {
    return this.index.idOf(slot);
  }

  at(slot: number): Remembered {
    const first = this.read(slot, firstCell);
    return {
      id: this.idOf(slot),
      type: this.type(slot),
      firstCell: first,
      cells: this.end(slot) - first,
      rank: this.rank(slot),
    };
  }

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
  group(slot: number): number {
    return this.read(slot, group);
  }

  /** Its kind there, see Berths. */
  kind(slot: number): number {
    return this.read(slot, kind);
  }

  /** The next of its bunch. */
  next(slot: number): number {
    return this.read(slot, next);
  }

  /** A new demand, of which cells before `countsFrom` are past. */
  add({ id, firstCell: first, cells, rank }: Demand, itsType: number, countsFrom: number): number {
    const slot = this.open();
    this.index.add(id, slot);
    this.write(slot, type, itsType);
    this.write(slot, start, countsFrom);
    this.write(slot, end, first + cells);
    this.write(slot, group, none);
    this.write(slot, firstCell, first);
    if (slot >= this.ranks.length) this.growRanks();
    this.ranks[slot] = rank;
    return slot;
  }

  remove(slot: number): void {
    this.index.remove(slot);
    this.close(slot);
  }

  /** The demand began before the cell: what is past no longer counts. */
  clip(slot: number, cell: number): void {
    this.write(slot, start, cell);
  }

  /** Puts the demand at the head of a bunch. */
  link(slot: number, itsGroup: number, itsKind: number, head: number): void {
    this.write(slot, group, itsGroup);
    this.write(slot, kind, itsKind);
    this.write(slot, next, head);
    this.write(slot, previous, none);
    if (head !== none) this.write(head, previous, slot);
  }

  /** Takes the demand out of its bunch. Gives the new head if it was the head, else undefined. */
  unlink(slot: number): number | undefined {
    const [before, after] = [this.read(slot, previous), this.read(slot, next)];
    if (after !== none) this.write(after, previous, before);
    if (before !== none) this.write(before, next, after);
    this.write(slot, group, none);
    return before === none ? after : undefined;
  }

  /** Oldest and most urgent first; the id decides between equals, so that every run agrees. */
  readonly byRank = (a: number, b: number): number =>
    this.rank(a) - this.rank(b) || (this.idOf(a) < this.idOf(b) ? -1 : 1);

  private rank(slot: number): number {
    return this.ranks[slot] ?? 0;
  }

  private growRanks(): void {
    const larger = new Float64Array(this.ranks.length * 2);
    larger.set(this.ranks);
    this.ranks = larger;
  }
}

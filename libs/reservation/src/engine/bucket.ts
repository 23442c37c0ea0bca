import { type Groups } from './groups.js';
import { at, grown, none } from './memory.js';

/** 64 cells: a group is looked up only near the hours that it works. */
export const bucketBits = 6;
const bucketCells = 1 << bucketBits;

/**
 * The groups whose rows reach into 64 cells, in the order of preference, and a mask per cell of those with room: 32
 * positions to a word.
 */
export class Bucket {
  private readonly groups: Int32Array;
  /** By group, its position plus one; 0 for groups that are not in the bucket. */
  private readonly positions: Int32Array;
  private readonly words: number;
  private readonly open: Int32Array;
  /** Who has the skills of a type, filled when first asked for: by number, and as masks of positions side by side. */
  private readonly byType: (Int32Array | undefined)[] = [];
  private masks: Int32Array = new Int32Array(0);

  constructor(
    private readonly number: number,
    inOrder: readonly number[],
    private readonly table: Groups,
    private readonly skills: readonly (readonly string[])[],
  ) {
    this.groups = Int32Array.from(inOrder);
    this.positions = new Int32Array(table.extent);
    this.words = Math.ceil(inOrder.length / 32);
    this.open = new Int32Array(bucketCells * this.words);
    for (const [position, group] of inOrder.entries()) {
      this.positions[group] = position + 1;
      for (let cell = number << bucketBits; cell < (number + 1) << bucketBits; cell += 1)
        if (table.freeAt(group, cell) > 0) this.setOpen(group, cell, true);
    }
  }

  eligible(type: number): Int32Array {
    return this.byType[type] ?? this.select(type);
  }

  /** The first group of the type with room in all of `[start, end)`, whose start lies in the bucket; or `none`. */
  withRoom(type: number, start: number, end: number): number {
    const mask = this.maskOf(type);
    const last = Math.min(end, (this.number + 1) << bucketBits) - 1;
    for (let word = 0; word < this.words; word += 1) {
      let open = at(this.masks, mask + word);
      for (let cell = start; cell <= last && open !== 0; cell += 1)
        open &= at(this.open, this.offset(cell) + word);
      for (; open !== 0; open &= open - 1) {
        const group = at(this.groups, 32 * word + lowestBit(open));
        if (last === end - 1 || this.table.hasRoom(group, last + 1, end)) return group;
      }
    }
    return none;
  }

  /** True if a group of the type has room in the cell. */
  isOpen(type: number, cell: number): boolean {
    const mask = this.maskOf(type);
    const offset = this.offset(cell);
    for (let word = 0; word < this.words; word += 1)
      if ((at(this.masks, mask + word) & at(this.open, offset + word)) !== 0) return true;
    return false;
  }

  /**
   * A group of the type with room in the cell; `none` if there is none, and then those of its groups that were not in
   * the mask `seen` are added to it and to `fresh`.
   */
  spread(type: number, cell: number, seen: Int32Array, fresh: number[]): number {
    const mask = this.maskOf(type);
    const offset = this.offset(cell);
    for (let word = 0; word < this.words; word += 1) {
      const open = at(this.masks, mask + word) & at(this.open, offset + word);
      if (open !== 0) return at(this.groups, 32 * word + lowestBit(open));
    }
    for (let word = 0; word < this.words; word += 1) {
      let unseen = at(this.masks, mask + word) & ~at(seen, word);
      seen[word] = at(seen, word) | unseen;
      for (; unseen !== 0; unseen &= unseen - 1) fresh.push(at(this.groups, 32 * word + lowestBit(unseen)));
    }
    return none;
  }

  setOpen(group: number, cell: number, isOpen: boolean): void {
    const position = at(this.positions, group) - 1;
    if (position < 0) return;
    const index = this.offset(cell) + (position >> 5);
    const bit = 1 << (position & 31);
    this.open[index] = isOpen ? at(this.open, index) | bit : at(this.open, index) & ~bit;
  }

  private select(type: number): Int32Array {
    const wanted = this.skills[type] ?? [];
    const groups = this.groups.filter((group) => this.table.serves(group, wanted));
    this.masks = grown(this.masks, (type + 1) * this.words);
    for (const group of groups) {
      const position = at(this.positions, group) - 1;
      const index = type * this.words + (position >> 5);
      this.masks[index] = at(this.masks, index) | (1 << (position & 31));
    }
    return (this.byType[type] = groups);
  }

  /** Where the mask of a type begins. */
  private maskOf(type: number): number {
    if (this.byType[type] === undefined) this.select(type);
    return type * this.words;
  }

  private offset(cell: number): number {
    return (cell & (bucketCells - 1)) * this.words;
  }
}

const lowestBit = (mask: number): number => 31 - Math.clz32(mask & -mask);

import { type Groups } from './groups.js';
import { at, none } from './memory.js';

/** 64 cells: a group is looked up only near the hours that it works. */
export const bucketBits = 6;
const bucketCells = 1 << bucketBits;

/** Who of a bucket has the skills of a type: by number, and as a mask of positions. */
export interface Eligible {
  readonly groups: Int32Array;
  readonly mask: Int32Array;
}

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
  /** By type, filled when first asked for. */
  private readonly byType: (Eligible | undefined)[] = [];

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

  eligible(type: number): Eligible {
    return this.byType[type] ?? this.select(type);
  }

  /** The first group of the type with room in all of `[start, end)`, whose start lies in the bucket; or `none`. */
  withRoom(type: number, start: number, end: number): number {
    const { mask } = this.eligible(type);
    const last = Math.min(end, (this.number + 1) << bucketBits) - 1;
    for (let word = 0; word < this.words; word += 1) {
      let open = at(mask, word);
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
    const { mask } = this.eligible(type);
    const offset = this.offset(cell);
    for (let word = 0; word < this.words; word += 1)
      if ((at(mask, word) & at(this.open, offset + word)) !== 0) return true;
    return false;
  }

  /**
   * A group of the type with room in the cell; `none` if there is none, and then those of its groups that were not in
   * the mask `seen` are added to it and to `fresh`.
   */
  spread(type: number, cell: number, seen: Int32Array, fresh: number[]): number {
    const { mask } = this.eligible(type);
    const offset = this.offset(cell);
    for (let word = 0; word < this.words; word += 1) {
      const open = at(mask, word) & at(this.open, offset + word);
      if (open !== 0) return at(this.groups, 32 * word + lowestBit(open));
    }
    for (let word = 0; word < this.words; word += 1) {
      let unseen = at(mask, word) & ~at(seen, word);
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

  private select(type: number): Eligible {
    const wanted = this.skills[type] ?? [];
    const groups = this.groups.filter((group) => this.table.serves(group, wanted));
    const mask = new Int32Array(this.words);
    for (const group of groups) {
      const position = at(this.positions, group) - 1;
      mask[position >> 5] = at(mask, position >> 5) | (1 << (position & 31));
    }
    return (this.byType[type] = { groups, mask });
  }

  private offset(cell: number): number {
    return (cell & (bucketCells - 1)) * this.words;
  }
}

const lowestBit = (mask: number): number => 31 - Math.clz32(mask & -mask);

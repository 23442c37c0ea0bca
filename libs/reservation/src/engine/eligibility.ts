import { type Groups } from './groups.js';
import { at, none } from './memory.js';
import { type SkillSets } from './skill-sets.js';

/** 64 cells: a group is looked up only near the hours that it works. */
const bucketBits = 6;
const bucketCells = 1 << bucketBits;

/** The groups whose rows reach into a bucket of cells, the least flexible first; 32 to a word of a mask. */
interface Bucket {
  readonly groups: Int32Array;
  /** By group, its position in `groups` plus one; 0 for groups that are not in the bucket. */
  readonly positions: Int32Array;
  readonly words: number;
  /** A mask per cell: who has room. */
  readonly open: Int32Array;
  /** Filled when first asked for. */
  readonly byType: (Eligible | undefined)[];
}

/** Who of a bucket has the skills of a type, by number and as a mask of positions. */
interface Eligible {
  readonly groups: Int32Array;
  readonly mask: Int32Array;
}

/** Which groups may serve which demands, in the order of preference, and which of them have room. */
export class Eligibility {
  /** Groups by bucket. */
  private readonly members = new Map<number, readonly number[]>();
  /** Built from the members when first asked for, so that many changes of them cost one building. */
  private readonly buckets = new Map<number, Bucket>();
  /** The bucket looked up last: most questions are about the same hours. */
  private recentNumber = NaN;
  private recent: Bucket = nobody;

  constructor(
    private readonly groups: Groups,
    private readonly skillSets: SkillSets,
  ) {}

  /** Groups with all skills of the type whose rows come near the cell, the least flexible first. */
  of(type: number, cell: number): Int32Array {
    return this.eligible(this.bucket(cell), type).groups;
  }

  /** The preferred group with room in every cell of `[start, end)`, as things are; `none` if no group has. */
  withRoom(type: number, start: number, end: number): number {
    const bucket = this.bucket(start);
    const { mask } = this.eligible(bucket, type);
    const last = Math.min(end, ((start >> bucketBits) + 1) << bucketBits) - 1;
    for (let word = 0; word < bucket.words; word += 1) {
      let open = at(mask, word);
      for (let cell = start; cell <= last && open !== 0; cell += 1)
        open &= at(bucket.open, (cell & (bucketCells - 1)) * bucket.words + word);
      for (; open !== 0; open &= open - 1) {
        const group = at(bucket.groups, 32 * word + lowestBit(open));
        if (last === end - 1 || this.groups.hasRoom(group, last + 1, end)) return group;
      }
    }
    return none;
  }

  /** True if a group has room for the type in this cell at least. */
  isOpen(type: number, cell: number): boolean {
    const bucket = this.bucket(cell);
    const { mask } = this.eligible(bucket, type);
    const offset = (cell & (bucketCells - 1)) * bucket.words;
    for (let word = 0; word < bucket.words; word += 1)
      if ((at(mask, word) & at(bucket.open, offset + word)) !== 0) return true;
    return false;
  }

  /**
   * A group with room for the type in the cell; `none` if there is none, and then those of its groups that were not in
   * the mask `seen` are added to it and to `fresh`.
   */
  spread(type: number, cell: number, seen: Int32Array, fresh: number[]): number {
    const bucket = this.bucket(cell);
    const { mask } = this.eligible(bucket, type);
    const offset = (cell & (bucketCells - 1)) * bucket.words;
    for (let word = 0; word < bucket.words; word += 1) {
      const open = at(mask, word) & at(bucket.open, offset + word);
      if (open !== 0) return at(bucket.groups, 32 * word + lowestBit(open));
    }
    for (let word = 0; word < bucket.words; word += 1) {
      let unseen = at(mask, word) & ~at(seen, word);
      seen[word] = at(seen, word) | unseen;
      for (; unseen !== 0; unseen &= unseen - 1) fresh.push(at(bucket.groups, 32 * word + lowestBit(unseen)));
    }
    return none;
  }

  /** A group's room in a cell began or ended. */
  setOpen(group: number, cell: number, open: boolean): void {
    const bucket = this.buckets.get(cell >> bucketBits);
    if (bucket) mark(bucket, at(bucket.positions, group) - 1, cell, open);
  }

  /** The group has its row: from now on it may be chosen. */
  add(group: number): void {
    this.changeMembers(group, (members) => [...members, group]);
  }

  /** The group's row is about to change or to go. */
  remove(group: number): void {
    this.changeMembers(group, (members) => members.filter((other) => other !== group));
  }

  /** Buckets wholly before the cell are past. */
  forgetBefore(cell: number): void {
    for (const number of this.members.keys()) if (number < cell >> bucketBits) this.members.delete(number);
    for (const number of this.buckets.keys()) if (number < cell >> bucketBits) this.buckets.delete(number);
    this.recentNumber = NaN;
  }

  private changeMembers(group: number, change: (members: readonly number[]) => readonly number[]): void {
    const [first, end] = [at(this.groups.first, group), at(this.groups.end, group)];
    for (let number = first >> bucketBits; first < end && number <= (end - 1) >> bucketBits; number += 1) {
      this.members.set(number, change(this.members.get(number) ?? []));
      this.buckets.delete(number);
    }
    this.recentNumber = NaN;
  }

  private bucket(cell: number): Bucket {
    const number = cell >> bucketBits;
    if (number !== this.recentNumber) {
      this.recent = this.buckets.get(number) ?? this.build(number);
      this.recentNumber = number;
    }
    return this.recent;
  }

  private eligible(bucket: Bucket, type: number): Eligible {
    return bucket.byType[type] ?? this.select(bucket, type);
  }

  private select(bucket: Bucket, type: number): Eligible {
    const wanted = this.skillSets.skills[type] ?? [];
    const groups = bucket.groups.filter((group) => this.groups.serves(group, wanted));
    const mask = new Int32Array(bucket.words);
    for (const group of groups) {
      const position = at(bucket.positions, group) - 1;
      mask[position >> 5] = at(mask, position >> 5) | (1 << (position & 31));
    }
    const found = { groups, mask };
    if (bucket !== nobody) bucket.byType[type] = found;
    return found;
  }

  private build(number: number): Bucket {
    const groups = [...(this.members.get(number) ?? [])].sort(this.byFlexibility);
    if (groups.length === 0) return nobody;
    const words = Math.ceil(groups.length / 32);
    const bucket: Bucket = {
      groups: Int32Array.from(groups),
      positions: positionsOf(groups, this.groups.extent),
      words,
      open: new Int32Array(bucketCells * words),
      byType: [],
    };
    for (const [position, group] of groups.entries())
      for (let cell = number << bucketBits; cell < (number + 1) << bucketBits; cell += 1)
        if (this.groups.freeAt(group, cell) > 0) mark(bucket, position, cell, true);
    this.buckets.set(number, bucket);
    return bucket;
  }

  /** Few skills first, so that scarce many-skilled agents stay free; then who leaves first; the name decides between equals. */
  private readonly byFlexibility = (a: number, b: number): number =>
    this.groups.skillCount(a) - this.groups.skillCount(b) ||
    at(this.groups.end, a) - at(this.groups.end, b) ||
    (this.groups.name(a) < this.groups.name(b) ? -1 : 1);
}

const nobody: Bucket = {
  groups: new Int32Array(0),
  positions: new Int32Array(0),
  words: 0,
  open: new Int32Array(0),
  byType: [],
};

function positionsOf(groups: readonly number[], extent: number): Int32Array {
  const positions = new Int32Array(extent);
  for (const [position, group] of groups.entries()) positions[group] = position + 1;
  return positions;
}

const lowestBit = (mask: number): number => 31 - Math.clz32(mask & -mask);

function mark({ open, words }: Bucket, position: number, cell: number, isOpen: boolean): void {
  if (position < 0) return;
  const index = (cell & (bucketCells - 1)) * words + (position >> 5);
  const bit = 1 << (position & 31);
  open[index] = isOpen ? at(open, index) | bit : at(open, index) & ~bit;
}

import { Bucket, bucketBits } from './bucket.js';
import { type Groups } from './groups.js';
import { at } from './memory.js';
import { type SkillSets } from './skill-sets.js';

/** Which groups may serve which demands, in the order of preference, and which of them have room. */
export class Eligibility {
  /** Groups by bucket. */
  private readonly members = new Map<number, readonly number[]>();
  /** Built from the members when first asked for, so that many changes of them cost one building. */
  private readonly buckets = new Map<number, Bucket>();
  /** The bucket looked up last: most questions are about the same hours. */
  private recentNumber = NaN;
  private recent: Bucket;

  constructor(
    private readonly groups: Groups,
    private readonly skillSets: SkillSets,
  ) {
    this.recent = this.build(0);
  }

  /** Groups with all skills of the type whose rows come near the cell, the least flexible first. */
  of(type: number, cell: number): Int32Array {
    return this.bucket(cell).eligible(type);
  }

  /** The preferred group with room in every cell of `[start, end)`, as things are; `none` if no group has. */
  withRoom(type: number, start: number, end: number): number {
    return this.bucket(start).withRoom(type, start, end);
  }

  /** True if a group has room for the type in this cell at least. */
  isOpen(type: number, cell: number): boolean {
    return this.bucket(cell).isOpen(type, cell);
  }

  /** See Bucket. */
  spread(type: number, cell: number, seen: Int32Array, fresh: number[]): number {
    return this.bucket(cell).spread(type, cell, seen, fresh);
  }

  /** A group's room in a cell began or ended. */
  setOpen(group: number, cell: number, open: boolean): void {
    this.buckets.get(cell >> bucketBits)?.setOpen(group, cell, open);
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

  private build(number: number): Bucket {
    const members = this.members.get(number) ?? [];
    const bucket = new Bucket(
      number,
      [...members].sort(this.byFlexibility),
      this.groups,
      this.skillSets.skills,
    );
    if (members.length > 0) this.buckets.set(number, bucket);
    return bucket;
  }

  /** Few skills first, so that scarce many-skilled agents stay free; then who leaves first; the name decides between equals. */
  private byFlexibility = (a: number, b: number): number =>
    this.groups.skillCount(a) - this.groups.skillCount(b) ||
    at(this.groups.end, a) - at(this.groups.end, b) ||
    (this.groups.name(a) < this.groups.name(b) ? -1 : 1);
}

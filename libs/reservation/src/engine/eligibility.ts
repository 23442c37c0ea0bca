import { type Groups } from './groups.js';
import { at } from './memory.js';
import { type SkillSets } from './skill-sets.js';

/** 64 cells: a group is looked up only near the hours that it works. */
const bucketBits = 6;

interface Bucket {
  /** Groups with a row that reaches into the bucket, the least flexible first. */
  readonly groups: number[];
  /** Those of them with the skills of a type, filled when first asked for. */
  readonly byType: (Int32Array | undefined)[];
}

const nobody = new Int32Array(0);

/** Which groups may serve which demands, in the order of preference. */
export class Eligibility {
  private readonly buckets = new Map<number, Bucket>();
  /** The bucket looked up last: most questions are about the same hours. */
  private recentNumber = NaN;
  private recent: Bucket | undefined;

  constructor(
    private readonly groups: Groups,
    private readonly skillSets: SkillSets,
  ) {}

  /** Groups with all skills of the type whose rows come near the cell, the least flexible first. */
  of(type: number, cell: number): Int32Array {
    const number = cell >> bucketBits;
    if (number !== this.recentNumber) {
      this.recent = this.buckets.get(number);
      this.recentNumber = number;
    }
    const bucket = this.recent;
    if (!bucket) return nobody;
    return (bucket.byType[type] ??= this.select(bucket, type));
  }

  /** The group has its row: from now on it may be chosen. */
  add(group: number): void {
    this.eachBucket(group, (number) => {
      const groups = this.buckets.get(number)?.groups ?? [];
      this.buckets.set(number, { groups: [...groups, group].sort(this.byFlexibility), byType: [] });
    });
  }

  /** The group's row is about to change or to go. */
  remove(group: number): void {
    this.eachBucket(group, (number) => {
      const groups = this.buckets.get(number)?.groups.filter((other) => other !== group) ?? [];
      if (groups.length === 0) this.buckets.delete(number);
      else this.buckets.set(number, { groups, byType: [] });
    });
  }

  /** Buckets wholly before the cell are past. */
  forgetBefore(cell: number): void {
    this.recentNumber = NaN;
    for (const number of this.buckets.keys()) if (number < cell >> bucketBits) this.buckets.delete(number);
  }

  private select(bucket: Bucket, type: number): Int32Array {
    const wanted = this.skillSets.skills[type] ?? [];
    return Int32Array.from(bucket.groups.filter((group) => this.groups.serves(group, wanted)));
  }

  private eachBucket(group: number, visit: (number: number) => void): void {
    this.recentNumber = NaN;
    const [first, end] = [at(this.groups.first, group), at(this.groups.end, group)];
    if (first === end) return;
    for (let number = first >> bucketBits; number <= (end - 1) >> bucketBits; number += 1) visit(number);
  }

  /** Few skills first, so that scarce many-skilled agents stay free; then who leaves first; the name decides between equals. */
  private readonly byFlexibility = (a: number, b: number): number =>
    this.groups.skillCount(a) - this.groups.skillCount(b) ||
    at(this.groups.end, a) - at(this.groups.end, b) ||
    (this.groups.name(a) < this.groups.name(b) ? -1 : 1);
}

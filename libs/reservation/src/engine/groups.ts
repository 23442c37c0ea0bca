import { at, grown } from './memory.js';

/**
 * The pool's skill groups. Each has a row of cells `[first, end)`; all rows lie in one flat memory, where cell `c` of
 * group `g` has the address `base[g] + c`. Outside its row a group has no capacity and carries nothing.
 */
export class Groups {
  first: Int32Array = new Int32Array(16);
  end: Int32Array = new Int32Array(16);
  base: Int32Array = new Int32Array(16);
  /** Most cells that a demand in the group ever took: how far back to look for those that cover a cell. */
  longest: Int32Array = new Int32Array(16);

  /** Agents that may be in progress, by address. */
  capacity: Int32Array = new Int32Array(1024);
  /** Capacity less demands, by address. Below 0 only within a call. */
  free: Int32Array = new Int32Array(1024);

  private readonly named: ({ name: string; skills: ReadonlySet<string> } | undefined)[] = [];
  private readonly numbers = new Map<string, number>();
  private readonly vacant: number[] = [];
  private used = 0;

  /** Groups in use or vacant: a bound for memory indexed by group. */
  get extent(): number {
    return this.named.length;
  }

  all(): IterableIterator<number> {
    return this.numbers.values();
  }

  numberOf(name: string): number | undefined {
    return this.numbers.get(name);
  }

  name(group: number): string {
    return this.named[group]?.name ?? '';
  }

  skillCount(group: number): number {
    return this.named[group]?.skills.size ?? 0;
  }

  /** True if the group has all of the skills. */
  serves(group: number, skills: readonly string[]): boolean {
    const mine = this.named[group]?.skills;
    return mine !== undefined && skills.every((skill) => mine.has(skill));
  }

  /** True if these are the group's skills. */
  hasSkills(group: number, skills: readonly string[]): boolean {
    return this.serves(group, skills) && this.skillCount(group) === new Set(skills).size;
  }

  /** A new group with an empty row. */
  open(name: string, skills: readonly string[]): number {
    const group = this.vacant.pop() ?? this.named.push(undefined) - 1;
    if (group >= this.first.length) {
      const size = this.first.length * 2;
      this.first = grown(this.first, size);
      this.end = grown(this.end, size);
      this.base = grown(this.base, size);
      this.longest = grown(this.longest, size);
    }
    this.named[group] = { name, skills: new Set(skills) };
    this.numbers.set(name, group);
    this.first[group] = this.end[group] = this.base[group] = this.longest[group] = 0;
    return group;
  }

  /** The group is gone; it must carry nothing. */
  close(group: number): void {
    this.numbers.delete(this.name(group));
    this.named[group] = undefined;
    this.first[group] = this.end[group] = 0;
    this.vacant.push(group);
  }

  /** True if the row reaches over all of `[start, end)`. */
  spans(group: number, start: number, end: number): boolean {
    return at(this.first, group) <= start && end <= at(this.end, group);
  }

  /** True if one more fits in every cell of `[start, end)`. */
  hasRoom(group: number, start: number, end: number): boolean {
    if (!this.spans(group, start, end)) return false;
    const base = at(this.base, group);
    for (let cell = start; cell < end; cell += 1) if (at(this.free, base + cell) <= 0) return false;
    return true;
  }

  freeAt(group: number, cell: number): number {
    return this.spans(group, cell, cell + 1) ? at(this.free, at(this.base, group) + cell) : 0;
  }

  /** Gives the group the row `[first, end)`. Cells that stay keep what they hold; those that go must carry nothing. */
  resize(group: number, first: number, end: number): void {
    const offset = this.reserve(end - first);
    const [from, to] = [Math.max(first, at(this.first, group)), Math.min(end, at(this.end, group))];
    for (const column of [this.capacity, this.free]) {
      column.fill(0, offset, offset + end - first);
      const base = at(this.base, group);
      if (from < to) column.copyWithin(offset + from - first, base + from, base + to);
    }
    this.first[group] = first;
    this.end[group] = end;
    this.base[group] = offset - first;
  }

  /** Room for a row; packs the rows in use together when the memory is full. */
  private reserve(length: number): number {
    if (this.used + length > this.free.length) this.pack(length);
    this.used += length;
    return this.used - length;
  }

  private pack(spare: number): void {
    const live = [...this.all()].reduce((sum, group) => sum + at(this.end, group) - at(this.first, group), 0);
    const size = Math.max(1024, 2 * (live + spare));
    const [oldCapacity, oldFree] = [this.capacity, this.free];
    this.capacity = new Int32Array(size);
    this.free = new Int32Array(size);
    this.used = 0;
    for (const group of this.all()) {
      const [first, end, base] = [at(this.first, group), at(this.end, group), at(this.base, group)];
      this.capacity.set(oldCapacity.subarray(base + first, base + end), this.used);
      this.free.set(oldFree.subarray(base + first, base + end), this.used);
      this.base[group] = this.used - first;
      this.used += end - first;
    }
  }
}

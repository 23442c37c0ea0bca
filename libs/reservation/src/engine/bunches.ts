import { at, grown, none } from './memory.js';

/**
 * Demands that are alike: same skills, same cells, same group. A search looks at bunches, so its cost follows the
 * kinds of demand in a cell and not how many agents there are.
 */
export class Bunches {
  type: Int32Array = new Int32Array(64);
  start: Int32Array = new Int32Array(64);
  end: Int32Array = new Int32Array(64);
  group: Int32Array = new Int32Array(64);
  /** First of its demands; the others follow by `Demands.next`. */
  top: Int32Array = new Int32Array(64);
  /** Neighbours among the bunches of one group that start at one cell. */
  next: Int32Array = new Int32Array(64);
  previous: Int32Array = new Int32Array(64);
  /** Bunches in use or vacant: a bound for memory indexed by bunch. */
  extent = 0;
  private vacant = none;

  open(type: number, start: number, end: number, group: number): number {
    const bunch = this.vacant === none ? this.extend() : this.vacant;
    if (bunch === this.vacant) this.vacant = at(this.next, bunch);
    this.type[bunch] = type;
    this.start[bunch] = start;
    this.end[bunch] = end;
    this.group[bunch] = group;
    this.top[bunch] = this.next[bunch] = this.previous[bunch] = none;
    return bunch;
  }

  close(bunch: number): void {
    this.next[bunch] = this.vacant;
    this.vacant = bunch;
  }

  private extend(): number {
    if (this.extent === this.type.length) {
      const size = this.extent * 2;
      this.type = grown(this.type, size);
      this.start = grown(this.start, size);
      this.end = grown(this.end, size);
      this.group = grown(this.group, size);
      this.top = grown(this.top, size);
      this.next = grown(this.next, size);
      this.previous = grown(this.previous, size);
    }
    this.extent += 1;
    return this.extent - 1;
  }
}

import { at, grown } from './memory.js';
import { type Placement } from './placement.js';

const kindBits = 10;

/** What one search for a chain has seen already, so that it looks at nothing twice. Starting anew costs nothing. */
export class Seen {
  private run = 0;
  /** Kinds met: the run, then skills and cells; a later kind may take the place of an earlier. */
  private readonly kinds = new Int32Array(4 << kindBits);
  /** By group, four numbers: the run, and between which cells. */
  private groups: Int32Array = new Int32Array(64);

  constructor(private readonly placement: Placement) {}

  begin(): void {
    this.run += 1;
    this.groups = grown(this.groups, 4 * this.placement.groups.extent);
  }

  /** True if whoever could leave these cells of the group has been met already. */
  group(group: number, from: number, last: number): boolean {
    const { groups } = this;
    const place = 4 * group;
    if (at(groups, place) === this.run && at(groups, place + 1) >= from && at(groups, place + 2) <= last)
      return true;
    groups[place] = this.run;
    groups[place + 1] = from;
    groups[place + 2] = last;
    return false;
  }

  /** True if a demand with these skills and cells was met; some are forgotten. */
  kind(type: number, start: number, end: number): boolean {
    const { kinds } = this;
    const hash = Math.imul(Math.imul(type, 31) + start, 0x9e3779b1) + Math.imul(end, 0x85ebca6b);
    const place = ((hash ^ (hash >>> 16)) & ((1 << kindBits) - 1)) * 4;
    const known = at(kinds, place) === this.run && at(kinds, place + 1) === type;
    if (known && at(kinds, place + 2) === start && at(kinds, place + 3) === end) return true;
    kinds[place] = this.run;
    kinds[place + 1] = type;
    kinds[place + 2] = start;
    kinds[place + 3] = end;
    return false;
  }
}

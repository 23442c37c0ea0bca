import { at, grown } from './memory.js';
import { type Placement } from './placement.js';

const kindBits = 10;

/** Neighbouring cells for which what was found is kept apart. */
const cellsKept = 4;

/** What one search for a chain has seen already, so that it looks at nothing twice. Starting anew costs nothing. */
export class Seen {
  private run = 0;
  /** Kinds met: the run, then skills and cells; a later kind may take the place of an earlier. */
  private readonly kinds = new Int32Array(4 << kindBits);
  /** By group, four numbers: the run, and between which cells. */
  private groups: Int32Array = new Int32Array(64);
  /** What `look` found. */
  low = 0;
  high = 0;
  /** By type and cell, four numbers: the run, the cell, and what was found there. */
  private types: Int32Array = new Int32Array(64);

  constructor(private readonly placement: Placement) {}

  begin(): void {
    this.run += 1;
    this.groups = grown(this.groups, 4 * this.placement.groups.extent);
    this.types = grown(this.types, 4 * cellsKept * this.placement.skillSets.size);
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

  /** True if a bunch of this kind (skills and cells) was met; some are forgotten. */
  kind(bunch: number): boolean {
    const { kinds } = this;
    const { bunches } = this.placement;
    const [type, start, end] = [bunches.type(bunch), bunches.start(bunch), bunches.end(bunch)];
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

  /**
   * How far the room of groups reaches that have any for the type in the cell: what begins before `low` or ends after
   * `high` fits nowhere. Nobody has room: `low` is beyond the cell.
   */
  look(type: number, cell: number): void {
    const { types } = this;
    const place = 4 * (cellsKept * type + (cell & (cellsKept - 1)));
    if (at(types, place) !== this.run || at(types, place + 1) !== cell) {
      this.measure(type, cell);
      types[place] = this.run;
      types[place + 1] = cell;
      types[place + 2] = this.low;
      types[place + 3] = this.high;
    }
    this.low = at(types, place + 2);
    this.high = at(types, place + 3);
  }

  private measure(type: number, cell: number): void {
    const { groups, eligibility, longest } = this.placement;
    const eligible = eligibility.of(type, cell);
    this.low = this.high = cell + 1;
    for (let index = 0; index < eligible.length; index += 1) {
      const group = at(eligible, index);
      if (groups.freeAt(group, cell) <= 0) continue;
      let [low, high] = [cell, cell + 1];
      while (low > cell - longest && groups.freeAt(group, low - 1) > 0) low -= 1;
      while (high < cell + longest && groups.freeAt(group, high) > 0) high += 1;
      this.low = Math.min(this.low, low);
      this.high = Math.max(this.high, high);
    }
  }
}

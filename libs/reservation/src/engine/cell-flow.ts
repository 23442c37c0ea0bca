import { at, grown, none } from './memory.js';
import { type Move, type Placement, type Plan } from './placement.js';

/**
 * One cell at a time, as if each demand were only one cell long: there, whether all fit is a bipartite flow, and a
 * search for an augmenting path answers exactly. Demands of one type are interchangeable, so the search walks from
 * types to groups and back and meets each of them once.
 */
export class CellFlow {
  private run = 0;
  private groupSeen: Int32Array = new Int32Array(16);
  private groupFrom: Int32Array = new Int32Array(16);
  private typeSeen: Int32Array = new Int32Array(16);
  /** A bunch of the type in a group that was reached; `none` for the type that asks. */
  private typeVia: Int32Array = new Int32Array(16);
  private types: number[] = [];
  private reached: number[] = [];

  constructor(private readonly placement: Placement) {}

  /** How one more demand of the type gets a place at the cell; undefined: it cannot, whatever is shifted. */
  path(type: number, cell: number): Plan | undefined {
    this.begin(type);
    for (let index = 0; index < this.types.length; index += 1) {
      const next = this.types[index] ?? none;
      const open = this.enter(next, cell);
      if (open !== none) return this.trace(open);
    }
    return undefined;
  }

  /**
   * After `path` found nothing: the demands that stand in its way. They fill every group that any of them may use, so
   * one of them has to go, and any one is enough.
   */
  inTheWay(cell: number): number[] {
    const { placement } = this;
    return this.reached
      .flatMap((group) => placement.covering(group, cell))
      .flatMap((bunch) => placement.members(bunch));
  }

  private begin(type: number): void {
    const { groups, skillSets } = this.placement;
    this.groupSeen = grown(this.groupSeen, groups.extent);
    this.groupFrom = grown(this.groupFrom, groups.extent);
    this.typeSeen = grown(this.typeSeen, skillSets.size);
    this.typeVia = grown(this.typeVia, skillSets.size);
    this.run += 1;
    this.typeSeen[type] = this.run;
    this.typeVia[type] = none;
    this.types = [type];
    this.reached = [];
  }

  /** Goes from a type to its groups: gives one with room, else learns the types of those who fill them. */
  private enter(type: number, cell: number): number {
    const { groups, eligibility } = this.placement;
    const from = this.reached.length;
    for (const group of eligibility.of(type, cell)) {
      if (at(this.groupSeen, group) === this.run || !groups.spans(group, cell, cell + 1)) continue;
      this.groupSeen[group] = this.run;
      this.groupFrom[group] = type;
      if (at(groups.free, at(groups.base, group) + cell) > 0) return group;
      this.reached.push(group);
    }
    for (let index = from; index < this.reached.length; index += 1)
      this.learnTypes(this.reached[index] ?? none, cell);
    return none;
  }

  private learnTypes(group: number, cell: number): void {
    const { groups, bunches } = this.placement;
    const base = at(groups.base, group);
    const earliest = Math.max(at(groups.first, group), cell - at(groups.longest, group) + 1);
    for (let start = cell; start >= earliest; start -= 1)
      for (let bunch = at(groups.head, base + start); bunch !== none; bunch = at(bunches.next, bunch)) {
        const type = at(bunches.type, bunch);
        if (at(this.typeSeen, type) === this.run || at(bunches.end, bunch) <= cell) continue;
        this.typeSeen[type] = this.run;
        this.typeVia[type] = bunch;
        this.types.push(type);
      }
  }

  /** Back along the path: each demand on it moves one group on. */
  private trace(open: number): Plan {
    const moves: Move[] = [];
    let group = open;
    let bunch = at(this.typeVia, at(this.groupFrom, group));
    while (bunch !== none) {
      moves.push({ bunch, group });
      group = at(this.placement.bunches.group, bunch);
      bunch = at(this.typeVia, at(this.groupFrom, group));
    }
    return { group, moves };
  }
}

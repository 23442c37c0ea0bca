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
    this.begin();
    let open = this.learn(type, none, cell);
    for (let index = 0; open === none && index < this.types.length; index += 1)
      open = this.enter(this.types[index] ?? none, cell);
    return open === none ? undefined : this.trace(open);
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

  private begin(): void {
    const { groups, skillSets } = this.placement;
    this.groupSeen = grown(this.groupSeen, groups.extent);
    this.groupFrom = grown(this.groupFrom, groups.extent);
    this.typeSeen = grown(this.typeSeen, skillSets.size);
    this.typeVia = grown(this.typeVia, skillSets.size);
    this.run += 1;
    this.types = [];
    this.reached = [];
  }

  /** A type that wants a place: gives a group with room for it, or `none` and asks its groups later. */
  private learn(type: number, via: number, cell: number): number {
    this.typeSeen[type] = this.run;
    this.typeVia[type] = via;
    this.types.push(type);
    const { groups, eligibility } = this.placement;
    const eligible = eligibility.of(type, cell);
    for (let index = 0; index < eligible.length; index += 1) {
      const group = at(eligible, index);
      if (groups.freeAt(group, cell) <= 0) continue;
      this.groupFrom[group] = type;
      return group;
    }
    return none;
  }

  /** Goes from a type to the groups that it fills with others, and learns the types of those. */
  private enter(type: number, cell: number): number {
    const { groups, eligibility } = this.placement;
    const eligible = eligibility.of(type, cell);
    for (let index = 0; index < eligible.length; index += 1) {
      const group = at(eligible, index);
      if (at(this.groupSeen, group) === this.run || !groups.spans(group, cell, cell + 1)) continue;
      this.groupSeen[group] = this.run;
      this.groupFrom[group] = type;
      this.reached.push(group);
      const open = this.learnFrom(group, cell);
      if (open !== none) return open;
    }
    return none;
  }

  private learnFrom(group: number, cell: number): number {
    const { groups, bunches, eligibility } = this.placement;
    let unseen = 0;
    for (const type of eligibility.typesOf(group)) if (at(this.typeSeen, type) !== this.run) unseen += 1;
    const base = at(groups.base, group);
    const earliest = Math.max(at(groups.first, group), cell - at(groups.longest, group) + 1);
    for (let start = cell; start >= earliest && unseen > 0; start -= 1)
      for (let bunch = at(groups.head, base + start); bunch !== none; bunch = bunches.next(bunch)) {
        const type = bunches.type(bunch);
        if (at(this.typeSeen, type) === this.run || bunches.end(bunch) <= cell) continue;
        const open = this.learn(type, bunch, cell);
        if (open !== none) return open;
        unseen -= 1;
      }
    return none;
  }

  /** Back along the path: each demand on it moves one group on. */
  private trace(open: number): Plan {
    const moves: Move[] = [];
    let group = open;
    let bunch = at(this.typeVia, at(this.groupFrom, group));
    while (bunch !== none) {
      moves.push({ bunch, group });
      group = this.placement.bunches.group(bunch);
      bunch = at(this.typeVia, at(this.groupFrom, group));
    }
    return { group, moves };
  }
}

import { coversOf } from './berths.js';
import { at, grown, none } from './memory.js';
import { type Move, type Placement, type Plan } from './placement.js';

/**
 * One cell at a time, as if each demand were only one cell long: there, whether all fit is a bipartite flow, and a
 * search for an augmenting path answers exactly. Demands of one type are interchangeable, so the search walks from
 * types to groups and back and meets each of them once.
 */
export class CellFlow {
  private run = 0;
  /** A mask of the groups entered. */
  private seen: Int32Array = new Int32Array(16);
  private groupFrom: Int32Array = new Int32Array(16);
  private typeSeen: Int32Array = new Int32Array(16);
  /** The group in which the type was met; `none` for the type that asks. */
  private typeVia: Int32Array = new Int32Array(16);
  private types: number[] = [];
  private reached: number[] = [];

  constructor(private readonly placement: Placement) {}

  /** How one more demand of the type gets a place at the cell; undefined: it cannot, whatever is shifted. */
  path(type: number, cell: number): Plan | undefined {
    const open = this.find(type, cell);
    return open === none ? undefined : this.trace(open, cell);
  }

  /** True if `path` finds nothing. */
  isFull(type: number, cell: number): boolean {
    return this.find(type, cell) === none;
  }

  /**
   * After the cell was found full: the demands that stand in its way. They fill every group that any of them may use, so
   * one of them has to go, and any one is enough.
   */
  inTheWay(cell: number): number[] {
    const { placement } = this;
    return this.reached.flatMap((group) => placement.slotsCovering(group, cell));
  }

  /** A group with room at the end of a path, or `none`. */
  private find(type: number, cell: number): number {
    this.begin();
    this.learn(type, none);
    for (let index = 0; index < this.types.length; index += 1) {
      const open = this.enter(this.types[index] ?? none, cell);
      if (open !== none) return open;
    }
    return none;
  }

  private begin(): void {
    const { groups, skillSets } = this.placement;
    this.seen = grown(this.seen, (groups.extent >> 5) + 1).fill(0);
    this.groupFrom = grown(this.groupFrom, groups.extent);
    this.typeSeen = grown(this.typeSeen, skillSets.size);
    this.typeVia = grown(this.typeVia, skillSets.size);
    this.run += 1;
    this.types = [];
    this.reached = [];
  }

  private learn(type: number, via: number): void {
    this.typeSeen[type] = this.run;
    this.typeVia[type] = via;
    this.types.push(type);
  }

  /** Goes from a type to its groups: gives one with room, else learns the types of those who fill them. */
  private enter(type: number, cell: number): number {
    const { groups, eligibility } = this.placement;
    const fresh: number[] = [];
    const open = eligibility.spread(type, cell, this.seen, fresh);
    if (open !== none) this.groupFrom[open] = type;
    for (const group of fresh) {
      if (!groups.spans(group, cell, cell + 1)) continue;
      this.groupFrom[group] = type;
      this.reached.push(group);
      this.learnFrom(group, cell);
    }
    return open;
  }

  private learnFrom(group: number, cell: number): void {
    const row = this.placement.berths.row(group);
    for (let lane = 0; lane < row.types.length; lane += 1) {
      const type = row.types[lane] ?? none;
      if (at(this.typeSeen, type) !== this.run && coversOf(row, cell, lane) > 0) this.learn(type, group);
    }
  }

  /** Back along the path: one demand of each type on it moves one group on. */
  private trace(open: number, cell: number): Plan {
    const moves: Move[] = [];
    let group = open;
    for (let from = this.before(group); from !== none; from = this.before(group)) {
      moves.push({ slot: this.oneOf(from, at(this.groupFrom, group), cell), group });
      group = from;
    }
    return { group, moves };
  }

  /** The group that the type was met in, on whose behalf this group was entered. */
  private before(group: number): number {
    return at(this.typeVia, at(this.groupFrom, group));
  }

  /** A demand of the type that covers the cell, the shortest there is. */
  private oneOf(group: number, type: number, cell: number): number {
    const { demands } = this.placement;
    const length = (slot: number): number => demands.end(slot) - demands.start(slot);
    const ofType = this.placement.covering(group, cell).filter((slot) => demands.type(slot) === type);
    return ofType.reduce((best, slot) => (length(slot) < length(best) ? slot : best));
  }
}

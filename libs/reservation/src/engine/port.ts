/** One skill group's capacity on the pool's absolute grid: cell 0 begins at 1970-01-01T00:00Z, cells are the pool's slot length. */
export interface GroupCapacity {
  /** `<skills>@<until>`, unique in the pool. */
  readonly group: string;
  readonly skills: readonly string[];
  readonly firstCell: number;
  /** Callbacks that may be in progress, from `firstCell` on; 0 before and after. */
  readonly cells: readonly number[];
}

/** A callback to be placed: it occupies one agent of one eligible group in `[firstCell, firstCell + cells)`. */
export interface Demand {
  readonly id: string;
  /** The group's skills must include all of these. */
  readonly skills: readonly string[];
  readonly firstCell: number;
  readonly cells: number;
  /** Lower gives way later when capacity is withdrawn: oldest and most urgent first. */
  readonly rank: number;
}

/** What placing a demand did to the witness. */
export interface Admission {
  readonly group: string;
  /** Others that were moved between groups to make room; all still fit. */
  readonly shifted: readonly { readonly id: string; readonly group: string }[];
}

/**
 * The slot book's arithmetic for one pool: which demands fit together, and the witness that proves it.
 * In memory, synchronous, deterministic: the same calls give the same answers, so a recovery by replay agrees.
 * Invariant after each call: no group's cell holds more admitted demands than its capacity allows.
 */
export interface CapacityEngine {
  /**
   * Places the demand if and only if an assignment of all can be found; undefined changes nothing. Admitting an id again
   * gives its group. For demands of one cell that is exact; for longer ones see docs/matching.md.
   * @throws RangeError if its cells are no whole numbers, or none
   */
  admit(demand: Demand): Admission | undefined;
  /** As `admit`, but changes nothing: would it fit now? */
  fits(demand: Demand): boolean;
  /** True if it is proven that the demand cannot be placed, whatever is shifted; what is refused without is only not found. */
  isProvenFull(demand: Demand): boolean;
  /** Takes a demand out. Unknown ids are ignored. */
  release(id: string): void;
  /** The witness: which group carries it. Undefined if it is not placed. */
  groupOf(id: string): string | undefined;
  /**
   * Replaces capacity: the rows named (all others stay), or every row if `full`.
   * A row names its whole group: cells outside it are 0, and a row of zeros removes the group.
   * Demands that no longer fit are taken out and returned, worst rank first; the rest is a largest set that the engine finds.
   * Cost follows the change, not the book.
   */
  applyCapacity(rows: readonly GroupCapacity[], full: boolean): readonly Demand[];
  /** Places in one cell that are free as things lie, in groups with these skills: what shifting could free is not counted. For spreading. */
  freeAt(cell: number, skills: readonly string[]): number;
  /**
   * The cells before this one are past: what ended is forgotten, what still runs counts from here on only, so that a row
   * of capacity may begin here without displacing it. Nothing past is admitted any more.
   */
  forgetBefore(cell: number): void;
}

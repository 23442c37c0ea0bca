import { type Groups } from './groups.js';
import { add, at, none } from './memory.js';
import { type SkillSets } from './skill-sets.js';

/** The berths of one group: for each cell of its row, a lane per type that it may serve. */
export interface BerthRow {
  /** Type of each lane. */
  readonly types: number[];
  /** Lanes that there is memory for. */
  width: number;
  first: number;
  cells: number;
  /** First of the bunches that start at a cell, by `(cell - first) * width + lane`. */
  heads: Int32Array;
  /** Demands that cover a cell, likewise. */
  covers: Int32Array;
}

const startWidth = 8;

/** Who lies where: by group, cell and type. All that a search asks about one cell of a group lies side by side. */
export class Berths {
  private readonly rows: (BerthRow | undefined)[] = [];
  /** By group: how many types have been considered for its lanes. */
  private readonly considered: number[] = [];

  constructor(
    private readonly groups: Groups,
    private readonly skillSets: SkillSets,
  ) {}

  /** The group's berths, with a lane for each type known. */
  row(group: number): BerthRow {
    const row = (this.rows[group] ??= emptyRow());
    return this.considered[group] === this.skillSets.size ? row : this.consider(group, row);
  }

  /** Cells `[first, end)` from now on. Those that stay keep what they hold; those that go must hold nothing. */
  reshape(group: number, first: number, end: number): void {
    const row = this.row(group);
    const [heads, covers, was] = [row.heads, row.covers, row.first];
    const [from, to] = [Math.max(first, was), Math.min(end, was + row.cells)];
    row.first = first;
    row.cells = end - first;
    row.heads = new Int32Array(row.cells * row.width).fill(none);
    row.covers = new Int32Array(row.cells * row.width);
    if (from >= to) return;
    const [begin, after, offset] = [
      (from - was) * row.width,
      (to - was) * row.width,
      (from - first) * row.width,
    ];
    row.heads.set(heads.subarray(begin, after), offset);
    row.covers.set(covers.subarray(begin, after), offset);
  }

  close(group: number): void {
    this.rows[group] = undefined;
    this.considered[group] = 0;
  }

  private consider(group: number, row: BerthRow): BerthRow {
    for (let type = this.considered[group] ?? 0; type < this.skillSets.size; type += 1)
      if (this.groups.serves(group, this.skillSets.skills[type] ?? [])) row.types.push(type);
    this.considered[group] = this.skillSets.size;
    if (row.types.length > row.width) widen(row);
    return row;
  }
}

const emptyRow = (): BerthRow => ({
  types: [],
  width: startWidth,
  first: 0,
  cells: 0,
  heads: new Int32Array(0),
  covers: new Int32Array(0),
});

function widen(row: BerthRow): void {
  const [heads, covers, was] = [row.heads, row.covers, row.width];
  while (row.width < row.types.length) row.width *= 2;
  row.heads = new Int32Array(row.cells * row.width).fill(none);
  row.covers = new Int32Array(row.cells * row.width);
  for (let cell = 0; cell < row.cells; cell += 1) {
    row.heads.set(heads.subarray(cell * was, (cell + 1) * was), cell * row.width);
    row.covers.set(covers.subarray(cell * was, (cell + 1) * was), cell * row.width);
  }
}

/** First of the lane's bunches that start at the cell. */
export const headOf = (row: BerthRow, cell: number, lane: number): number =>
  at(row.heads, (cell - row.first) * row.width + lane);

/** Demands of the lane that cover the cell. */
export const coversOf = (row: BerthRow, cell: number, lane: number): number =>
  at(row.covers, (cell - row.first) * row.width + lane);

export function setHead(row: BerthRow, cell: number, lane: number, bunch: number): void {
  row.heads[(cell - row.first) * row.width + lane] = bunch;
}

/** Counts a demand of the lane in or out. */
export function cover(row: BerthRow, lane: number, start: number, end: number, by: 1 | -1): void {
  for (let cell = start; cell < end; cell += 1) add(row.covers, (cell - row.first) * row.width + lane, by);
}

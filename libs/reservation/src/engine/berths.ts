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
  /** Two numbers per cell and lane: the first of the bunches that start there, and how many demands cover it. */
  memory: Int32Array;
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
    const [before, was] = [row.memory, row.first];
    const [from, to] = [Math.max(first, was), Math.min(end, was + row.cells)];
    row.first = first;
    row.cells = end - first;
    row.memory = emptyMemory(row.cells * row.width);
    const size = 2 * row.width;
    if (from < to)
      row.memory.set(before.subarray((from - was) * size, (to - was) * size), (from - first) * size);
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
  memory: new Int32Array(0),
});

function emptyMemory(places: number): Int32Array {
  const memory = new Int32Array(2 * places);
  for (let place = 0; place < places; place += 1) memory[2 * place] = none;
  return memory;
}

function widen(row: BerthRow): void {
  const [before, size] = [row.memory, 2 * row.width];
  while (row.width < row.types.length) row.width *= 2;
  row.memory = emptyMemory(row.cells * row.width);
  for (let cell = 0; cell < row.cells; cell += 1)
    row.memory.set(before.subarray(cell * size, (cell + 1) * size), cell * 2 * row.width);
}

const addressOf = (row: BerthRow, cell: number, lane: number): number =>
  2 * ((cell - row.first) * row.width + lane);

/** First of the lane's bunches that start at the cell. */
export const headOf = (row: BerthRow, cell: number, lane: number): number =>
  at(row.memory, addressOf(row, cell, lane));

/** Demands of the lane that cover the cell. */
export const coversOf = (row: BerthRow, cell: number, lane: number): number =>
  at(row.memory, addressOf(row, cell, lane) + 1);

export function setHead(row: BerthRow, cell: number, lane: number, bunch: number): void {
  row.memory[addressOf(row, cell, lane)] = bunch;
}

/** Counts a demand of the lane in or out. */
export function cover(row: BerthRow, lane: number, start: number, end: number, by: 1 | -1): void {
  for (let cell = start; cell < end; cell += 1) add(row.memory, addressOf(row, cell, lane) + 1, by);
}

import { add, at, none } from './memory.js';

/** Demands of one type and length. */
interface Kind {
  readonly type: number;
  readonly lane: number;
  readonly cells: number;
}

/** The berths of one group. What a search asks about one cell lies side by side. */
export interface BerthRow {
  first: number;
  cells: number;
  /** A lane for each type that ever lay here. */
  readonly types: number[];
  readonly kinds: Kind[];
  readonly kindsOfLane: number[][];
  laneWidth: number;
  kindWidth: number;
  /** How many demands cover a cell, by `(cell - first) * laneWidth + lane`. */
  covers: Int32Array;
  /** First of the demands of a kind that start at a cell, by `(cell - first) * kindWidth + kind`. */
  heads: Int32Array;
}

const startWidth = 8;

/** Who lies where, by group, cell and kind. Demands that are alike in all three are one list: see Demands. */
export class Berths {
  private readonly rows: (BerthRow | undefined)[] = [];

  row(group: number): BerthRow {
    return (this.rows[group] ??= emptyRow());
  }

  /** Cells `[first, end)` from now on. Those that stay keep what they hold; those that go must hold nothing. */
  reshape(group: number, first: number, end: number): void {
    const row = this.row(group);
    const [was, cells] = [row.first, row.cells];
    const [from, to] = [Math.max(first, was), Math.min(end, was + cells)];
    row.first = first;
    row.cells = end - first;
    const keep = (before: Int32Array, after: Int32Array, width: number): Int32Array => {
      if (from < to)
        after.set(before.subarray((from - was) * width, (to - was) * width), (from - first) * width);
      return after;
    };
    row.covers = keep(row.covers, new Int32Array(row.cells * row.laneWidth), row.laneWidth);
    row.heads = keep(row.heads, new Int32Array(row.cells * row.kindWidth).fill(none), row.kindWidth);
  }

  close(group: number): void {
    this.rows[group] = undefined;
  }
}

const emptyRow = (): BerthRow => ({
  first: 0,
  cells: 0,
  types: [],
  kinds: [],
  kindsOfLane: [],
  laneWidth: startWidth,
  kindWidth: startWidth,
  covers: new Int32Array(0),
  heads: new Int32Array(0),
});

/** The number of a kind in the group; a new one if none of the kind ever lay here. */
export function kindOf(row: BerthRow, type: number, cells: number): number {
  let lane = row.types.indexOf(type);
  if (lane === -1) lane = openLane(row, type);
  for (const kind of row.kindsOfLane[lane] ?? []) if (row.kinds[kind]?.cells === cells) return kind;
  return openKind(row, { type, lane, cells });
}

function openLane(row: BerthRow, type: number): number {
  const lane = row.types.push(type) - 1;
  row.kindsOfLane.push([]);
  if (lane === row.laneWidth) {
    row.covers = widened(row.covers, row.laneWidth, 0);
    row.laneWidth *= 2;
  }
  return lane;
}

function openKind(row: BerthRow, kind: Kind): number {
  const number = row.kinds.push(kind) - 1;
  row.kindsOfLane[kind.lane]?.push(number);
  if (number === row.kindWidth) {
    row.heads = widened(row.heads, row.kindWidth, none);
    row.kindWidth *= 2;
  }
  return number;
}

/** The same with twice as many columns. */
function widened(memory: Int32Array, width: number, empty: number): Int32Array {
  const wider = new Int32Array(memory.length * 2).fill(empty);
  for (let from = 0; from < memory.length; from += width)
    wider.set(memory.subarray(from, from + width), 2 * from);
  return wider;
}

/** First of the demands of the kind that start at the cell. */
export const headOf = (row: BerthRow, cell: number, kind: number): number =>
  at(row.heads, (cell - row.first) * row.kindWidth + kind);

export function setHead(row: BerthRow, cell: number, kind: number, slot: number): void {
  row.heads[(cell - row.first) * row.kindWidth + kind] = slot;
}

/** Demands of the lane that cover the cell. */
export const coversOf = (row: BerthRow, cell: number, lane: number): number =>
  at(row.covers, (cell - row.first) * row.laneWidth + lane);

/** Counts a demand of the lane in or out. */
export function cover(row: BerthRow, lane: number, start: number, end: number, by: 1 | -1): void {
  for (let cell = start; cell < end; cell += 1)
    add(row.covers, (cell - row.first) * row.laneWidth + lane, by);
}

import { type CellFlow } from './cell-flow.js';

/**
 * Remembers which cells are full for which type. More demands or moves cannot open such a cell; only a release or more
 * capacity at that cell can, so the memory is exact and never changes an answer, it only saves the search for it.
 */
export class Saturation {
  /** Counts what frees a cell. */
  private clock = 0;
  /** By cell (a ring): when something there was last freed. */
  private freed: Float64Array = new Float64Array(64);
  /** By type and cell: when it was last found full. */
  private full: (Float64Array | undefined)[] = [];
  private first = 0;
  private end = 0;

  constructor(private readonly flow: CellFlow) {}

  /** Capacity lies within `[first, end)` from now on. */
  span(first: number, end: number): void {
    [this.first, this.end] = [first, end];
    if (end - first <= this.freed.length) return;
    this.freed = new Float64Array(2 ** Math.ceil(Math.log2(end - first))).fill(this.clock);
    this.full = [];
  }

  freeing(start: number, end: number): void {
    this.clock += 1;
    const [from, to] = [Math.max(start, this.first), Math.min(end, this.end)];
    for (let cell = from; cell < to; cell += 1) this.freed[this.index(cell)] = this.clock;
  }

  /** True if a cell of `[start, end)` is known to be full for the type, whatever is shifted. */
  isKnownFull(type: number, start: number, end: number): boolean {
    if (start < this.first || end > this.end) return true;
    const full = this.full[type];
    if (!full) return false;
    for (let cell = start; cell < end; cell += 1) {
      const index = this.index(cell);
      if ((full[index] ?? -1) >= (this.freed[index] ?? 0)) return true;
    }
    return false;
  }

  /** As `isKnownFull`, by searching each cell; for cells within the span only. */
  findFull(type: number, start: number, end: number): boolean {
    for (let cell = start; cell < end; cell += 1) {
      if (!this.flow.isFull(type, cell)) continue;
      const full = (this.full[type] ??= new Float64Array(this.freed.length).fill(-1));
      full[this.index(cell)] = this.clock;
      return true;
    }
    return false;
  }

  private index(cell: number): number {
    return cell & (this.freed.length - 1);
  }
}

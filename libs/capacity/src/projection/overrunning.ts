import { type Cells, type Grid } from './grid.js';
import { type Overrun } from './whereabouts.js';

/** Of agents in one cell, how many have a callback of ours that takes longer than planned: expected numbers. */
export interface InService {
  /** As the cell begins. */
  readonly atStart: number;
  /** All through the cell, that is until the window of a start in it closes; and the variance of that number. */
  readonly throughout: number;
  readonly variance: number;
}

const none: InService = { atStart: 0, throughout: 0, variance: 0 };

/** Less than this probability is nothing. */
const negligible = 0.002;

/** Sums over agents, cell by cell: how many will still be in service. */
export class Overrunning {
  private readonly cells = new Map<number, InService>();

  constructor(private readonly grid: Grid) {}

  /** Counts an agent who is at work in some cells, and may overrun. */
  add(work: Cells, overrun: Overrun | undefined): void {
    if (!overrun) return;
    const { cellMs } = this.grid;
    const first = Math.max(work.first, Math.floor(overrun.from / cellMs));
    for (let cell = first; cell < work.end; cell += 1) {
      const atStart = overrun.lasts(Math.max(overrun.from, cell * cellMs));
      if (atStart < negligible) return;
      const throughout = overrun.lasts((cell + 1) * cellMs);
      const before = this.at(cell);
      this.cells.set(cell, {
        atStart: before.atStart + atStart,
        throughout: before.throughout + throughout,
        variance: before.variance + throughout * (1 - throughout),
      });
    }
  }

  at(cell: number): InService {
    return this.cells.get(cell) ?? none;
  }
}

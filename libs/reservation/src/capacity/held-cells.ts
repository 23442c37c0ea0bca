import { type Demand } from '../engine/port.js';

/** How many unconfirmed holds lie on each cell, by the skills that they ask for. */
export interface HeldCells {
  add(hold: Demand): void;
  /** Unknown ids are ignored. */
  remove(id: string): void;
  at(cell: number, skills: readonly string[]): number;
}

export function createHeldCells(): HeldCells {
  const holds = new Map<string, Demand>();
  /** By skills, then by cell; what is 0 is not there. */
  const counts = new Map<string, Map<number, number>>();
  const count = ({ firstCell, cells, skills }: Demand, step: 1 | -1): void => {
    const key = keyOf(skills);
    const byCell = counts.get(key) ?? new Map<number, number>();
    counts.set(key, byCell);
    for (let cell = firstCell; cell < firstCell + cells; cell += 1) {
      const left = (byCell.get(cell) ?? 0) + step;
      if (left > 0) byCell.set(cell, left);
      else byCell.delete(cell);
    }
    if (byCell.size === 0) counts.delete(key);
  };
  return {
    add(hold) {
      if (holds.has(hold.id)) return;
      holds.set(hold.id, hold);
      count(hold, 1);
    },
    remove(id) {
      const hold = holds.get(id);
      if (hold && holds.delete(id)) count(hold, -1);
    },
    at: (cell, skills) => counts.get(keyOf(skills))?.get(cell) ?? 0,
  };
}

/** A search asks about many cells with one list of skills. */
const keys = new WeakMap<readonly string[], string>();

function keyOf(skills: readonly string[]): string {
  const known = keys.get(skills);
  if (known !== undefined) return known;
  const key = [...skills].sort().join();
  keys.set(skills, key);
  return key;
}

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
  const counts = new Map<string, number>();
  const key = (cell: number, skills: readonly string[]): string => `${cell} ${[...skills].sort().join()}`;
  const count = ({ firstCell, cells, skills }: Demand, step: 1 | -1): void => {
    for (let cell = firstCell; cell < firstCell + cells; cell += 1) {
      const left = (counts.get(key(cell, skills)) ?? 0) + step;
      if (left > 0) counts.set(key(cell, skills), left);
      else counts.delete(key(cell, skills));
    }
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
    at: (cell, skills) => counts.get(key(cell, skills)) ?? 0,
  };
}

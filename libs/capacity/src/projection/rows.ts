import { type CapacityRow } from '@handover/contracts';
import { fromIso, toIso, type Instant } from '@handover/kernel';
import { shareOut, type Need } from '../inbound/reserve.js';
import { type Promisable } from '../on-time/promisable.js';
import { type Grid } from './grid.js';
import { type Group, type Headcount } from './headcount.js';

/** Agents kept for inbound, of each skill set and in each cell from the grid's first on. */
export function reservedOf(
  counts: readonly Headcount[],
  grid: Grid,
  needsAt: (moment: Instant) => readonly Need[],
): number[][] {
  const reserved: number[][] = counts.map(() => []);
  for (let cell = grid.first; cell < grid.end; cell += 1) {
    const index = cell - grid.first;
    const alike = counts.map(({ skills, atWork }) => ({ skills, atWork: atWork[index] ?? 0 }));
    if (alike.every(({ atWork }) => atWork === 0)) continue;
    shareOut(needsAt(cell * grid.cellMs), alike).forEach((agents, place) => {
      const ofSet = reserved[place];
      if (ofSet && agents > 0) ofSet[index] = agents;
    });
  }
  return reserved;
}

/**
 * Rows of capacity from agents counted: from the total of alike agents the inbound reserve and κ are taken, and what is
 * taken comes off the groups that end earliest, so that long callbacks keep what they need. Rows that allow nothing are
 * left out.
 */
export function rowsOf(
  counts: readonly Headcount[],
  reserved: readonly (readonly number[])[],
  grid: Grid,
  promises: Promisable,
): CapacityRow[] {
  return counts.flatMap((count, place) => {
    const groups = count.groups.map((group) => ({ ...group, free: [...group.free] }));
    for (let cell = grid.first; cell < grid.end; cell += 1) {
      const index = cell - grid.first;
      if (count.atWork[index])
        derate(groups, cell, allowed(count, index, reserved[place]?.[index] ?? 0, promises));
    }
    return groups.flatMap((group) => {
      const row = trimmed(rowOf(count.skills, group, grid), grid.cellMs, grid.first);
      return row ? [row] : [];
    });
  });
}

/**
 * How many callbacks of one skill set may be in progress. κ of those not reserved has the chance of overrunning in it;
 * what is known of the present can only lower it: no more than are in fact free. Calls that occupy agents now are what
 * the reserve is for, so they count against it first.
 */
function allowed(
  { atWork, elsewhere, overrunning }: Headcount,
  index: number,
  reserved: number,
  promises: Promisable,
): number {
  const all = atWork[index] ?? 0;
  const free = all - Math.max(reserved, elsewhere[index] ?? 0) - (overrunning[index] ?? 0);
  return Math.max(0, Math.min(promises(all - reserved), free));
}

function derate(groups: readonly Group[], cell: number, allowed: number): void {
  const free = ({ first, free }: Group): number => free[cell - first] ?? 0;
  let excess = groups.reduce((sum, group) => sum + free(group), 0) - allowed;
  for (const group of groups) {
    if (excess <= 0) return;
    const taken = Math.min(excess, free(group));
    if (taken > 0) group.free[cell - group.first] = free(group) - taken;
    excess -= taken;
  }
}

const rowOf = (skills: readonly string[], { until, first, free }: Group, grid: Grid): CapacityRow => ({
  group: `${skills.join('+')}@${toIso(until)}`,
  skills: [...skills],
  until: toIso(until),
  from: toIso(first * grid.cellMs),
  cells: free,
});

/** The row from a cell on, without zeros at its ends; undefined if nothing remains. Equal capacity has equal rows. */
export function trimmed(row: CapacityRow, cellMs: number, fromCell: number): CapacityRow | undefined {
  const past = Math.max(0, fromCell - fromIso(row.from) / cellMs);
  const begin = row.cells.findIndex((count, index) => index >= past && count > 0);
  if (begin < 0) return undefined;
  const end = row.cells.findLastIndex((count) => count > 0) + 1;
  return { ...row, from: toIso(fromIso(row.from) + begin * cellMs), cells: row.cells.slice(begin, end) };
}

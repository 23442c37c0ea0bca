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
  let [needed, shares]: [string, number[]] = ['', []];
  for (let index = 0; index < grid.end - grid.first; index += 1) {
    const needs = needsAt((grid.first + index) * grid.cellMs);
    const now = needs.map(({ skills, agents }) => `${skills.join()} ${agents}`).join(';');
    const asBefore = now === needed && counts.every(({ atWork }) => atWork[index] === atWork[index - 1]);
    if (!asBefore) {
      const alike = counts.map(({ skills, atWork }) => ({ skills, atWork: atWork[index] ?? 0 }));
      shares = shareOut(needs, alike);
      needed = now;
    }
    for (const [place, ofSet] of reserved.entries()) ofSet.push(shares[place] ?? 0);
  }
  return reserved;
}

/**
 * Rows of capacity from agents counted: from the total of alike agents the inbound reserve and κ are taken, and what is
 * taken comes off the groups that end earliest, so that long callbacks keep what they need. Rows that allow nothing are
 * left out.
 */
export const rowsOf = (
  counts: readonly Headcount[],
  reserved: readonly (readonly number[])[],
  grid: Grid,
  promises: Promisable,
): CapacityRow[] =>
  counts.flatMap((count, place) =>
    derated(count, reserved[place] ?? [], grid, promises).flatMap((group) => {
      const row = trimmed(rowOf(count.skills, group, grid), grid.cellMs, grid.first);
      return row ? [row] : [];
    }),
  );

function derated(
  count: Headcount,
  reserved: readonly number[],
  grid: Grid,
  promises: Promisable,
): readonly Group[] {
  const groups = count.groups.map((group) => ({ ...group, free: [...group.free] }));
  let earliest = 0;
  for (let cell = grid.first; cell < grid.end; cell += 1) {
    const { free, allowed } = totalsOf(count, cell - grid.first, reserved[cell - grid.first] ?? 0, promises);
    while (hasEnded(groups[earliest], cell)) earliest += 1;
    let excess = free - allowed;
    for (let place = earliest; excess > 0 && place < groups.length; place += 1)
      excess -= takeFrom(groups[place], cell, excess);
  }
  return groups;
}

/**
 * Agents of one skill set who are free, and how many callbacks they may have in progress. κ of those not reserved has the
 * chance of overrunning in it; what is known of the present can only lower it: no more than are in fact free. Calls that
 * occupy agents now are what the reserve is for, so they count against it first.
 */
function totalsOf(
  { atWork, elsewhere, overrunning }: Headcount,
  index: number,
  reserved: number,
  promises: Promisable,
): { readonly free: number; readonly allowed: number } {
  const [all, away] = [atWork[index] ?? 0, elsewhere[index] ?? 0];
  const present = all - (overrunning[index] ?? 0);
  const allowed = Math.min(promises(all - reserved), present - Math.max(reserved, away));
  return { free: present - away, allowed: Math.max(0, allowed) };
}

const hasEnded = (group: Group | undefined, cell: number): boolean =>
  group !== undefined && group.first + group.free.length <= cell;

/** Takes up to so many places of a cell; returns how many there were. */
function takeFrom(group: Group | undefined, cell: number, most: number): number {
  const place = group ? cell - group.first : -1;
  const taken = Math.min(most, group?.free[place] ?? 0);
  if (group && taken > 0) group.free[place] = (group.free[place] ?? 0) - taken;
  return taken;
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

import { type CapacityRow } from '@handover/contracts';
import { fromIso, toIso, type Instant } from '@handover/kernel';
import { shareOut, type Need } from '../inbound/reserve.js';
import { type Grid } from './grid.js';
import { type Group, type Headcount } from './headcount.js';
import { type Promises } from './plan.js';
import { roomBeside } from './room-beside.js';

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
 * Rows of capacity from agents counted: of alike agents κ says, after the inbound reserve, how many callbacks may be in
 * progress. What that is less than agents comes off those who overrun and then the groups that end earliest, so that long
 * callbacks keep what they need; what is more goes to the group that ends last. Rows that allow nothing are left out.
 */
export const rowsOf = (
  counts: readonly Headcount[],
  reserved: readonly (readonly number[])[],
  grid: Grid,
  now: Instant,
  promises: Promises,
): CapacityRow[] =>
  counts.flatMap((count, place) =>
    rated(count, reserved[place] ?? [], grid, now, promises).flatMap((group) => {
      const row = trimmed(rowOf(count.skills, group, grid), grid.cellMs, grid.first);
      return row ? [row] : [];
    }),
  );

function rated(
  count: Headcount,
  reserved: readonly number[],
  grid: Grid,
  now: Instant,
  promises: Promises,
): readonly Group[] {
  const groups = count.groups.map((group) => ({ ...group, free: [...group.free] }));
  const room = roomBeside(count, grid, now, promises.terms);
  let earliest = 0;
  for (let cell = grid.first; cell < grid.end; cell += 1) {
    while (hasEnded(groups[earliest], cell)) earliest += 1;
    const index = cell - grid.first;
    const free = (count.atWork[index] ?? 0) - (count.elsewhere[index] ?? 0);
    const allowed = Math.min(room(cell), allowedIn(count, cell, index, reserved[index] ?? 0, promises));
    if (allowed > free) addTo(groups, cell, allowed - free);
    else takeOff(groups, earliest, cell, free - allowed);
  }
  return groups;
}

/**
 * How many callbacks agents of one skill set may have in progress. κ of those not reserved has the chance of overrunning in
 * it; what is known of the present can only lower it. Calls that occupy agents now are what the reserve is for, so they
 * count against it first. Beyond their number only agents are promised who stay for the whole window.
 */
function allowedIn(
  count: Headcount,
  cell: number,
  index: number,
  reserved: number,
  { promisable, beginnable }: Promises,
): number {
  const [all = 0, staying = 0, away = 0] = [count.atWork, count.staying, count.elsewhere].map(
    (of) => of[index],
  );
  const planned = all - reserved;
  const ever = Math.max(Math.min(planned, promisable(planned)), promisable(Math.min(planned, staying)));
  const taken = Math.max(reserved, away);
  const { atStart, throughout, variance } = count.overrunning.at(cell);
  const now = (free: number, agents: number): number =>
    beginnable({ free: Math.max(0, free - atStart), freed: Math.max(0, agents - throughout), variance });
  const present = Math.max(now(0, all - taken), now(staying - taken, staying - taken));
  return Math.max(0, Math.min(ever, present));
}

const hasEnded = (group: Group | undefined, cell: number): boolean =>
  group !== undefined && group.first + group.free.length <= cell;

/** Takes so many places of a cell: first of groups whose agents overrun, then of those that end earliest. */
function takeOff(groups: readonly Group[], earliest: number, cell: number, count: number): void {
  let left = count;
  for (const ofWhom of [({ overrunning }: Group) => Math.ceil(overrunning.at(cell).atStart), () => Infinity])
    for (let place = earliest; left > 0 && place < groups.length; place += 1) {
      const group = groups[place];
      if (group) left -= takeFrom(group, cell, Math.min(left, ofWhom(group)));
    }
}

/** Takes up to so many places of a cell; returns how many there were. */
function takeFrom({ first, free }: Group, cell: number, most: number): number {
  const taken = Math.min(most, free[cell - first] ?? 0);
  if (taken > 0) free[cell - first] = (free[cell - first] ?? 0) - taken;
  return taken;
}

/** Gives so many places more to a cell of the group that ends last: some of those who stay are free, so it is one of theirs. */
function addTo(groups: readonly Group[], cell: number, count: number): void {
  const group = groups.findLast(({ first, free }) => (free[cell - first] ?? 0) > 0);
  if (group) group.free[cell - group.first] = (group.free[cell - group.first] ?? 0) + count;
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

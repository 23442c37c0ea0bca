import { type Stretch } from '@handover/contracts';
import { type Instant } from '@handover/kernel';
import { type Spread } from '../handle-time/log-normal.js';
import { cellsTouched, cellsWithin, type Cells, type Grid } from './grid.js';
import { Overrunning } from './overrunning.js';
import { workBetween } from './shifts.js';
import {
  elsewhere,
  overrun,
  presentFrom,
  type AgentAtWork,
  type Overrun,
  type WaitingCallback,
} from './whereabouts.js';

/** Agents with the same skills whose stretch of work ends at the same moment: who takes callbacks, cell by cell. */
export interface Group {
  readonly until: Instant;
  readonly first: number;
  /** Agents at work and not occupied elsewhere, from cell `first` on. */
  readonly free: number[];
  readonly overrunning: Overrunning;
}

/** Agents with the same skills, counted cell by cell from the grid's first on. */
export interface Headcount {
  /** In alphabetical order. */
  readonly skills: readonly string[];
  /** Earliest end first. */
  readonly groups: readonly Group[];
  /** At work, occupied or not. */
  readonly atWork: readonly number[];
  /** Of those, who will be at work for one cell more. */
  readonly staying: readonly number[];
  /** Of those at work, occupied by something else than our callbacks. */
  readonly elsewhere: readonly number[];
  /** Of those at work, how many may still have a callback of ours beyond its planned end. */
  readonly overrunning: Overrunning;
  /** Of those at work now, who have a callback of ours. */
  readonly inService: number;
  /** Callbacks that are due and wait for one of these agents. */
  readonly waiting: number;
}

/** One agent in one stretch of work. */
interface Presence {
  readonly stretch: Stretch;
  readonly cells: Cells;
  readonly elsewhere: Cells | undefined;
  readonly overrun: Overrun | undefined;
}

/** Counts the agents of a pool by skills. The order of skill sets is that of their names. */
export function headcounts(
  agents: readonly AgentAtWork[],
  grid: Grid,
  now: Instant,
  handle: Spread,
  waiting: readonly WaitingCallback[] = [],
): Headcount[] {
  const workOf = workBetween(now, grid.end * grid.cellMs);
  const presencesOf = (agent: AgentAtWork): Presence[] =>
    presences(agent, workOf(agent), { grid, now, handle });
  const bySkills = Map.groupBy(agents, ({ skills }) => skills.join('+'));
  const counts = [...bySkills]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, alike]) => ({
      skills: alike[0]?.skills ?? [],
      ...counted(alike.flatMap(presencesOf), grid),
      inService: alike.filter(({ callbacks }) => callbacks.length > 0).length,
      waiting: 0,
    }));
  for (const { skills } of waiting) {
    const takers = takersOf(skills, counts);
    if (takers) takers.waiting += 1;
  }
  return counts;
}

/** Of the skill sets that can take a callback, the one with most agents at work now. */
const takersOf = <Count extends Pick<Headcount, 'skills' | 'atWork'>>(
  needed: readonly string[],
  counts: readonly Count[],
): Count | undefined =>
  counts
    .filter(({ skills }) => needed.every((skill) => skills.includes(skill)))
    .reduce<Count | undefined>(
      (most, count) => (most && (most.atWork[0] ?? 0) >= (count.atWork[0] ?? 0) ? most : count),
      undefined,
    );

interface Moment {
  readonly grid: Grid;
  readonly now: Instant;
  readonly handle: Spread;
}

function presences(agent: AgentAtWork, work: readonly Stretch[], { grid, now, handle }: Moment): Presence[] {
  const away = elsewhere(agent, now, handle);
  const late = overrun(agent, { now, handle, cellMs: grid.cellMs });
  return work.flatMap((stretch) => {
    const cells = cellsWithin(grid, presentFrom(agent.live, stretch, now), stretch.until);
    if (cells.first >= cells.end) return [];
    const lost = away && both(cells, cellsTouched(grid, away.from, away.until));
    return [{ stretch, cells, elsewhere: lost, overrun: late }];
  });
}

function counted(all: readonly Presence[], grid: Grid): Omit<Headcount, 'skills' | 'inService' | 'waiting'> {
  const zeros = (): number[] => new Array<number>(grid.end - grid.first).fill(0);
  const [atWork, staying, away] = [zeros(), zeros(), zeros()];
  const overrunning = new Overrunning(grid);
  for (const { stretch, cells, elsewhere: lost, overrun: late } of all) {
    const lastCell = Math.floor(stretch.until / grid.cellMs) - 1;
    add(atWork, cells, grid.first, 1);
    add(staying, { first: cells.first, end: Math.min(cells.end, lastCell) }, grid.first, 1);
    if (lost) add(away, lost, grid.first, 1);
    overrunning.add(cells, late);
  }
  const groups = [...Map.groupBy(all, ({ stretch }) => stretch.until)]
    .sort(([one], [other]) => one - other)
    .map(([until, members]) => groupOf(until, members, grid));
  return { groups, atWork, staying, elsewhere: away, overrunning };
}

function groupOf(until: Instant, members: readonly Presence[], grid: Grid): Group {
  const first = Math.min(...members.map(({ cells }) => cells.first));
  const end = Math.max(...members.map(({ cells }) => cells.end));
  const free = new Array<number>(end - first).fill(0);
  const overrunning = new Overrunning(grid);
  for (const { cells, elsewhere: lost, overrun: late } of members) {
    add(free, cells, first, 1);
    if (lost) add(free, lost, first, -1);
    overrunning.add(cells, late);
  }
  return { until, first, free, overrunning };
}

const both = (one: Cells, other: Cells): Cells => ({
  first: Math.max(one.first, other.first),
  end: Math.min(one.end, other.end),
});

function add(counts: number[], cells: Cells, origin: number, count: number): void {
  for (let cell = cells.first; cell < cells.end; cell += 1)
    counts[cell - origin] = (counts[cell - origin] ?? 0) + count;
}

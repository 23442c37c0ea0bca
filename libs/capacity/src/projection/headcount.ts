import { type Stretch } from '@handover/contracts';
import { type Instant } from '@handover/kernel';
import { type Spread } from '../handle-time/log-normal.js';
import { cellsTouched, cellsWithin, type Cells, type Grid } from './grid.js';
import { workBetween } from './shifts.js';
import { occupied, presentFrom, type AgentAtWork, type Occupied } from './whereabouts.js';

/** Agents with the same skills whose stretch of work ends at the same moment: who is free, cell by cell. */
export interface Group {
  readonly until: Instant;
  readonly first: number;
  /** Agents at work and not occupied, from cell `first` on. */
  readonly free: number[];
}

/** Agents with the same skills, counted cell by cell from the grid's first on. */
export interface Headcount {
  /** In alphabetical order. */
  readonly skills: readonly string[];
  /** Earliest end first. */
  readonly groups: readonly Group[];
  /** At work, occupied or not. */
  readonly atWork: readonly number[];
  /** Of those, occupied by something else than our callbacks. */
  readonly elsewhere: readonly number[];
  /** Of those, with a callback of ours that takes longer than planned. */
  readonly overrunning: readonly number[];
}

/** One agent in one stretch of work. */
interface Presence {
  readonly stretch: Stretch;
  readonly cells: Cells;
  readonly occupied: readonly { readonly cells: Cells; readonly elsewhere: boolean }[];
}

/** Counts the agents of a pool by skills. The order of skill sets is that of their names. */
export function headcounts(
  agents: readonly AgentAtWork[],
  grid: Grid,
  now: Instant,
  handle: Spread,
): Headcount[] {
  const workOf = workBetween(now, grid.end * grid.cellMs);
  const presencesOf = (agent: AgentAtWork): Presence[] =>
    presences(agent, workOf(agent), { grid, now, handle });
  const bySkills = Map.groupBy(agents, ({ skills }) => skills.join('+'));
  return [...bySkills]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, alike]) => ({
      skills: alike[0]?.skills ?? [],
      ...counted(alike.flatMap(presencesOf), grid),
    }));
}

interface Moment {
  readonly grid: Grid;
  readonly now: Instant;
  readonly handle: Spread;
}

function presences(agent: AgentAtWork, work: readonly Stretch[], { grid, now, handle }: Moment): Presence[] {
  const busy = occupied(agent, { now, handle, cellMs: grid.cellMs });
  return work.flatMap((stretch) => {
    const cells = cellsWithin(grid, presentFrom(agent.live, stretch, now), stretch.until);
    return cells.first < cells.end ? [{ stretch, cells, occupied: duringWork(busy, cells, grid) }] : [];
  });
}

/** Cells lost to what occupies an agent; where two things overlap, the later counts what the earlier has left. */
function duringWork(busy: readonly Occupied[], work: Cells, grid: Grid): Presence['occupied'] {
  let counted = work.first;
  return [...busy]
    .sort((one, other) => one.from - other.from)
    .map(({ from, until, elsewhere }) => {
      const touched = cellsTouched(grid, from, until);
      const cells = { first: Math.max(counted, touched.first), end: Math.min(work.end, touched.end) };
      counted = Math.max(counted, cells.end);
      return { cells, elsewhere };
    });
}

function counted(all: readonly Presence[], grid: Grid): Omit<Headcount, 'skills'> {
  const zeros = (): number[] => new Array<number>(grid.end - grid.first).fill(0);
  const [atWork, elsewhere, overrunning] = [zeros(), zeros(), zeros()];
  for (const presence of all) {
    add(atWork, presence.cells, grid.first, 1);
    for (const lost of presence.occupied)
      add(lost.elsewhere ? elsewhere : overrunning, lost.cells, grid.first, 1);
  }
  const groups = [...Map.groupBy(all, ({ stretch }) => stretch.until)]
    .sort(([one], [other]) => one - other)
    .map(([until, members]) => groupOf(until, members));
  return { groups, atWork, elsewhere, overrunning };
}

function groupOf(until: Instant, members: readonly Presence[]): Group {
  const first = Math.min(...members.map(({ cells }) => cells.first));
  const end = Math.max(...members.map(({ cells }) => cells.end));
  const free = new Array<number>(end - first).fill(0);
  for (const { cells, occupied: lost } of members) {
    add(free, cells, first, 1);
    for (const part of lost) add(free, part.cells, first, -1);
  }
  return { until, first, free };
}

function add(counts: number[], cells: Cells, origin: number, count: number): void {
  for (let cell = cells.first; cell < cells.end; cell += 1)
    counts[cell - origin] = (counts[cell - origin] ?? 0) + count;
}

import { agentStates, type CapacityRow, joined, type Stretch, stretchesOf } from '@handover/contracts';
import { fromIso, minuteMs, type Instant } from '@handover/kernel';
import fc from 'fast-check';
import { type Agent, type LiveState } from '../agent.js';
import { evolvePool, type Pool } from '../pool.js';
import { alike, aPool, atWork, monday } from '../testing/builders.js';
import { gridAt } from './grid.js';
import { project, projectCapacity } from './project.js';
import { trimmed } from './rows.js';
import { presentFrom, type AgentAtWork } from './whereabouts.js';

const cellMs = 5 * minuteMs;
const minute = (least: number, most: number): fc.Arbitrary<Instant> =>
  fc.integer({ min: least, max: most }).map((minutes) => monday + minutes * minuteMs);

const time = fc.integer({ min: 0, max: 95 }).map((quarter) => {
  const [hour, part] = [Math.floor(quarter / 4), (quarter % 4) * 15];
  return `${String(hour).padStart(2, '0')}:${String(part).padStart(2, '0')}`;
});
const shift = fc.record({
  date: fc.constantFrom('2026-11-22', '2026-11-23', '2026-11-24'),
  from: time,
  to: time,
  timeZone: fc.constantFrom('Etc/UTC', 'Europe/Zurich'),
  breaks: fc.array(fc.record({ from: time, to: time }), { maxLength: 2 }),
});
const live: fc.Arbitrary<LiveState> = fc.record(
  { state: fc.constantFrom(...agentStates), since: minute(-600, 0), until: minute(-60, 300) },
  { requiredKeys: ['state', 'since'] },
);
const callback = fc.record({
  callbackId: fc.uuid(),
  start: minute(-12, 6).map((moment) => Math.floor(moment / cellMs) * cellMs),
  handleSeconds: fc.integer({ min: 60, max: 1_200 }),
  assignedAt: minute(-60, 0),
});
const agents = fc
  .array(
    fc.record({
      skills: fc.constantFrom(['billing'], ['billing', 'de'], ['de']),
      shifts: fc.dictionary(fc.constantFrom('a', 'b', 'c'), shift, { maxKeys: 3 }),
      live,
      callbacks: fc.array(callback, { maxLength: 1 }),
    }),
    { maxLength: 12 },
  )
  .map((all) => all.map((agent, index) => atWork({ ...agent, agentId: `agent-${index + 10}` })));
const loads: fc.Arbitrary<Pool['loads']> = fc
  .uniqueArray(fc.integer({ min: -4, max: 20 }), { maxLength: 4 })
  .chain((halves) =>
    fc.tuple(
      ...halves
        .sort((one, other) => one - other)
        .map((half) =>
          fc.record({
            from: fc.constant(monday + half * 30 * minuteMs),
            until: fc.constant(monday + (half + 1) * 30 * minuteMs),
            calls: fc.integer({ min: 0, max: 60 }),
            skills: fc.constantFrom([], ['de']),
            scheduled: fc.boolean(),
          }),
        ),
    ),
  );
const settings = fc.record({
  slotMinutes: fc.constantFrom(5, 15),
  handleSeconds: fc.constantFrom(120, 295, 600),
  horizonHours: fc.constantFrom(4, 24),
});

const cellsOf = (row: CapacityRow, length: number): [Instant, number][] =>
  row.cells.map((count, index) => [fromIso(row.from) + index * length, count]);

const workOf = ({ shifts }: Agent): Stretch[] => joined(Object.values(shifts).flatMap(stretchesOf));

/** An agent's stretch of work that ends when the row does. */
const stretchOf = (agent: Agent, row: CapacityRow): Stretch | undefined =>
  agent.skills.join('+') === row.skills.join('+')
    ? workOf(agent).find(({ until }) => until === fromIso(row.until))
    : undefined;

describe('capacity, of any pool and at any moment', () => {
  it('never exceeds what the agents who are planned to be at work have time for', () => {
    fc.assert(
      fc.property(settings, agents, loads, (given, all, inbound) => {
        const length = given.slotMinutes * minuteMs;
        const { rows, settings: planned } = project(aPool(given, { loads: inbound }), all, monday);
        const seconds = Math.ceil((planned.handleSeconds * 1_000) / length) * (length / 1_000);
        const most = (atWork: number): number =>
          Math.max(atWork, Math.floor((atWork * planned.maxOccupancy * seconds) / given.handleSeconds));
        for (const [skills, alikeRows] of Map.groupBy(rows, (row) => row.skills.join('+'))) {
          const work = all.flatMap((agent) => (agent.skills.join('+') === skills ? [workOf(agent)] : []));
          const cells = alikeRows.flatMap((row) =>
            cellsOf(row, length).map((cell) => [row, ...cell] as const),
          );
          for (const [row, moment, count] of cells) {
            expect(Number.isInteger(count) && count >= 0).toBe(true);
            expect(moment % length).toBe(0);
            expect(moment + length).toBeLessThanOrEqual(fromIso(row.until));
          }
          for (const [moment, ofCell] of Map.groupBy(cells, ([, moment]) => moment)) {
            const promised = ofCell.reduce((sum, [, , count]) => sum + count, 0);
            const there = work.filter((stretches) =>
              stretches.some(({ from, until }) => from <= moment && moment + length <= until),
            );
            expect(promised).toBeLessThanOrEqual(most(there.length));
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('is what its events fold to: no change is lost, whatever changes and however time passes', () => {
    const step = fc.record({
      all: agents,
      inbound: loads,
      minutes: fc.integer({ min: 0, max: 90 }),
      given: settings,
    });
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 5 }), (steps) => {
        let pool = aPool();
        let now = monday;
        for (const { all, inbound, minutes, given } of steps) {
          now += minutes * minuteMs;
          pool = { ...aPool(given, { loads: inbound }), capacity: pool.capacity };
          const events = projectCapacity(pool, all, now);
          expect(events.length).toBeLessThanOrEqual(1);
          const before = pool.capacity?.version ?? 0;
          pool = events.reduce((known, event) => evolvePool(known, event) ?? known, pool);
          expect(pool.capacity?.version ?? 0).toBe(before + events.length);
          expect(projectCapacity(pool, all, now)).toEqual([]);

          const { rows } = project(pool, all, now);
          const grid = gridAt(pool.settings, now);
          const folded = Object.values(pool.capacity?.rows ?? {}).map((row) =>
            trimmed(row, grid.cellMs, grid.first),
          );
          const byGroup = (one: CapacityRow | undefined, other: CapacityRow | undefined): number =>
            String(one?.group).localeCompare(String(other?.group));
          expect(folded.sort(byGroup)).toEqual([...rows].sort(byGroup));
        }
      }),
      { numRuns: 60 },
    );
  });

  it('can be kept, up to the number of agents, by agents who leave nobody mid-call: it can be assigned', () => {
    const demand = fc.record({
      cell: fc.integer({ min: 0, max: 60 }),
      cells: fc.integer({ min: 1, max: 6 }),
    });
    const steady = agents.map((all) =>
      all.map((agent) => ({ ...agent, skills: ['billing'], callbacks: [], live: withoutCalls(agent.live) })),
    );
    fc.assert(
      fc.property(steady, fc.array(demand, { maxLength: 60 }), (all, demands) => {
        for (const row of project(aPool(), all, monday).rows) {
          const members = all.flatMap((agent) => membersOf(agent, row));
          const fitting = fill(withinAgents(row, members), demands);
          for (const { from, until } of fitting.sort((one, other) => one.from - other.from)) {
            const free = members.find((agent) => agent.from <= from && agent.freeAt <= from);
            expect(free).toBeDefined();
            if (free) free.freeAt = until;
            expect(until).toBeLessThanOrEqual(fromIso(row.until));
          }
        }
      }),
      { numRuns: 100 },
    );
  });

  it('sends changed rows only, and all of them every 50 versions', () => {
    let pool = aPool();
    const steady = alike(4, { skills: ['de'] });
    const sent: Record<'full' | 'delta', Set<number>> = { full: new Set(), delta: new Set() };
    const fulls: number[] = [];
    for (let version = 1; version <= 101; version += 1) {
      const [event] = projectCapacity(pool, [...steady, ...alike(5 + (version % 2))], monday);
      if (event?.type !== 'CapacityProjected') throw new Error('nothing was projected');
      if (event.data.full) fulls.push(event.data.version);
      sent[event.data.full ? 'full' : 'delta'].add(event.data.rows.length);
      pool = evolvePool(pool, event) ?? pool;
    }
    expect(fulls).toEqual([1, 50, 100]);
    expect(sent).toEqual({ full: new Set([2]), delta: new Set([1]) });
  });

  it('names groups that are gone, in a full projection too, so that their records can be deleted', () => {
    const first = projectCapacity(aPool(), [atWork(), atWork({ agentId: 'ben' })], monday);
    const pool = first.reduce((known, event) => evolvePool(known, event) ?? known, aPool());
    const [delta] = projectCapacity(pool, [], monday);
    const [full] = projectCapacity({ ...pool, settings: aPool({ slotMinutes: 10 }).settings }, [], monday);
    const gone = [{ group: 'billing@2026-11-23T18:00:00.000Z', cells: [0] }];
    expect(delta?.data).toMatchObject({ full: false, rows: gone });
    expect(full?.data).toMatchObject({ full: true, rows: gone });
  });
});

const withoutCalls = (state: LiveState): LiveState =>
  state.state === 'busy' || state.state === 'wrap-up' ? { ...state, state: 'available' } : state;

interface Member {
  readonly from: Instant;
  freeAt: Instant;
}

/** When an agent joins the row's group; nothing if never. */
function membersOf(agent: AgentAtWork, row: CapacityRow): Member[] {
  const stretch = stretchOf(agent, row);
  if (!stretch) return [];
  const from = presentFrom(agent.live, stretch, monday);
  return [{ from, freeAt: from }];
}

/** The row with no more callbacks in a cell than the group has agents. More are kept by chance only: beyond-agents.spec.ts. */
const withinAgents = (row: CapacityRow, members: readonly Member[]): CapacityRow => ({
  ...row,
  cells: cellsOf(row, cellMs).map(([moment, count]) =>
    Math.min(count, members.filter(({ from }) => from <= moment).length),
  ),
});

/** Takes demands as long as no cell has more of them than it allows. */
function fill(
  row: CapacityRow,
  demands: readonly { cell: number; cells: number }[],
): { from: Instant; until: Instant }[] {
  const left = [...row.cells];
  return demands.flatMap(({ cell, cells }) => {
    const wanted = left.slice(cell, cell + cells);
    if (wanted.length < cells || wanted.some((count) => count === 0)) return [];
    for (let index = cell; index < cell + cells; index += 1) left[index] = (left[index] ?? 0) - 1;
    const from = fromIso(row.from) + cell * cellMs;
    return [{ from, until: from + cells * cellMs }];
  });
}

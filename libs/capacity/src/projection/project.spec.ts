import { type CapacityRow, type ShiftPlan } from '@handover/contracts';
import { fromIso, minuteMs, type Instant } from '@handover/kernel';
import { promisable } from '../on-time/promisable.js';
import { alike, aPool, aShift, atWork, available, carrying, hours, monday } from '../testing/builders.js';
import { type LiveState } from '../agent.js';
import { type Pool } from '../pool.js';
import { project } from './project.js';
import { type AgentAtWork } from './whereabouts.js';

const at = (rows: readonly CapacityRow[], moment: Instant, minutes = 5): number =>
  rows.reduce(
    (sum, { from, cells }) => sum + (cells[Math.floor((moment - fromIso(from)) / (minutes * minuteMs))] ?? 0),
    0,
  );

const allowed = (
  agents: readonly AgentAtWork[],
  moment: Instant,
  now = monday,
  pool: Pool = aPool(),
): number => at(project(pool, agents, now).rows, moment, pool.settings.slotMinutes);

const inMinutes = (minutes: number): Instant => monday + minutes * minuteMs;
const reported = (state: LiveState['state'], since: Instant, until?: Instant): { live: LiveState } => ({
  live: { state, since, until },
});

describe('rows of capacity', () => {
  it('are one for each set of skills and end of work, named by both, in order of their end', () => {
    const { rows } = project(
      aPool(),
      [
        ...alike(10, { skills: ['billing', 'de'] }),
        ...alike(10, { shifts: { monday: aShift({ breaks: [{ from: '12:00', to: '13:00' }] }) } }),
      ],
      monday,
    );
    expect(rows.map(({ group, from, cells }) => [group, from, cells.length, cells[0]])).toEqual([
      ['billing@2026-11-23T12:00:00.000Z', '2026-11-23T10:00:00.000Z', 24, 10],
      ['billing+de@2026-11-23T18:00:00.000Z', '2026-11-23T10:00:00.000Z', 96, 10],
      ['billing@2026-11-23T18:00:00.000Z', '2026-11-23T13:00:00.000Z', 60, 10],
    ]);
  });

  it('hold whole cells only: one that a shift covers in part counts for nothing', () => {
    const agents = alike(10, { shifts: { monday: aShift({ from: '10:02', to: '10:58' }) } });
    const [row] = project(aPool(), agents, monday).rows;
    expect(row).toMatchObject({ from: '2026-11-23T10:05:00.000Z', until: '2026-11-23T10:58:00.000Z' });
    expect(row?.cells).toHaveLength(10);
  });

  it('count overlapping and adjoining shifts of one agent once', () => {
    const shifts = {
      one: aShift({ to: '13:00' }),
      two: aShift({ from: '12:00' }),
      three: aShift({ from: '18:00', to: '20:00' }),
    };
    const { rows } = project(aPool(), alike(10, { shifts }), monday);
    expect(rows.map(({ until, cells }) => [until, Math.max(...cells)])).toEqual([
      ['2026-11-23T20:00:00.000Z', 10],
    ]);
  });

  it('reach to the horizon, to its full hour', () => {
    const shifts = {
      one: aShift({ from: '00:00', to: '00:00' }),
      two: aShift({ date: '2026-11-24', from: '00:00', to: '00:00' }),
    };
    const [row] = project(aPool({ horizonHours: 6 }), alike(10, { shifts }), inMinutes(12)).rows;
    expect(row?.cells).toHaveLength((7 * 60 - 10) / 5);
  });

  it.each([
    ['Europe/Zurich', '2026-03-29', 5 * 12],
    ['Europe/Zurich', '2026-10-25', 7 * 12],
    ['America/New_York', '2026-03-08', 5 * 12],
    ['America/New_York', '2026-11-01', 7 * 12],
    ['Australia/Lord_Howe', '2026-10-04', 5.5 * 12],
    ['Australia/Lord_Howe', '2026-04-05', 6.5 * 12],
  ])(
    'have as many cells as the wall clock has time when it changes: %s %s 00:00–06:00',
    (timeZone, date, cells) => {
      const plan: ShiftPlan = { date, from: '00:00', to: '06:00', timeZone };
      const now = fromIso(`${date}T00:00:00Z`) - 20 * 60 * minuteMs;
      const agents = alike(10, { shifts: { night: plan }, ...reported('offline', now - minuteMs) });
      const { rows } = project(aPool({ timeZone, horizonHours: 48 }), agents, now);
      expect(rows.map((row) => row.cells.length)).toEqual([cells]);
    },
  );

  it('lie on the absolute grid, also in a zone whose hours do not', () => {
    const plan = aShift({ timeZone: 'Australia/Lord_Howe', date: '2026-11-24', from: '09:00', to: '12:00' });
    const pool = aPool({ timeZone: 'Australia/Lord_Howe', slotMinutes: 60 });
    const { rows } = project(pool, alike(10, { shifts: { plan } }), monday);
    expect(rows.map(({ from, until, cells }) => [from, until, cells.length])).toEqual([
      ['2026-11-23T22:00:00.000Z', '2026-11-24T01:00:00.000Z', 3],
    ]);
  });

  it('are the same for the same input, whatever the order of the agents', () => {
    const agents = [
      ...alike(3),
      atWork({ agentId: 'zoe', skills: ['de'] }),
      atWork({ agentId: 'max', ...reported('away', monday) }),
    ];
    expect(project(aPool(), agents.toReversed(), monday)).toEqual(project(aPool(), agents, monday));
  });
});

describe('live states change the near cells', () => {
  const others = alike(9);
  const withOne = (one: Partial<AgentAtWork>, moment: Instant, now = monday): number =>
    allowed([...others, atWork({ agentId: 'one', ...one })], moment, now);

  it('away until a moment: out until then, in this and any later stretch', () => {
    const until = inMinutes(47);
    expect(withOne(reported('away', monday, until), inMinutes(45))).toBe(9);
    expect(withOne(reported('away', monday, until), inMinutes(50))).toBe(10);
    const shifts = { monday: aShift({ breaks: [{ from: '10:30', to: '10:35' }] }) };
    expect(withOne({ shifts, ...reported('away', monday, until) }, inMinutes(40))).toBe(9);
  });

  it('away without an end, or past it: out for a quarter of an hour from now', () => {
    for (const state of [reported('away', hours(-1)), reported('away', hours(-1), inMinutes(-5))]) {
      expect(withOne(state, inMinutes(10))).toBe(9);
      expect(withOne(state, inMinutes(15))).toBe(10);
    }
  });

  it('gone offline in a stretch of work: out for the rest of it, expected back for the next', () => {
    const shifts = { monday: aShift({ breaks: [{ from: '12:00', to: '13:00' }] }) };
    const gone = { shifts, ...reported('offline', hours(-1)) };
    expect(withOne(gone, inMinutes(115))).toBe(9);
    expect(withOne(gone, inMinutes(180))).toBe(10);
  });

  it('late: who has not come yet is expected in half an hour', () => {
    const late = reported('offline', hours(-12));
    expect(withOne(late, inMinutes(25))).toBe(9);
    expect(withOne(late, inMinutes(30))).toBe(10);
  });

  it('offline before the shift: expected to come as planned', () => {
    const shifts = { monday: aShift({ from: '10:30' }) };
    expect(withOne({ shifts, ...reported('offline', hours(-12)) }, inMinutes(30))).toBe(10);
  });

  it('early: who is there before the shift counts from its begin, and who has no shift does not count', () => {
    const shifts = { monday: aShift({ from: '10:30' }) };
    expect(withOne({ shifts }, inMinutes(25))).toBe(9);
    expect(withOne({ shifts }, inMinutes(30))).toBe(10);
    expect(withOne({ shifts: {} }, inMinutes(30))).toBe(9);
  });

  it.each(['busy', 'wrap-up'] as const)('%s until a moment: out until then', (state) => {
    const busy = reported(state, monday, inMinutes(22));
    expect(withOne(busy, inMinutes(20))).toBe(9);
    expect(withOne(busy, inMinutes(25))).toBe(10);
  });

  it('busy: out as long as calls of that age go on; wrap-up: a minute', () => {
    const ends = (live: Partial<AgentAtWork>): number =>
      Array.from({ length: 24 }, (_, cell) => withOne(live, inMinutes(5 * cell))).filter(
        (count) => count === 9,
      ).length;
    expect(ends(reported('wrap-up', monday))).toBe(1);
    expect(ends(reported('busy', monday))).toBe(2);
    expect(ends(reported('busy', inMinutes(-30)))).toBeGreaterThan(2);
  });
});

describe('callbacks in hand', () => {
  const others = alike(9);
  const withOne = (one: Partial<AgentAtWork>, moment: Instant, now: Instant): number =>
    allowed([...others, atWork({ agentId: 'one', ...one })], moment, now);

  it('take nothing away for their planned time, which the slot book has: not even if reported busy', () => {
    const now = inMinutes(2);
    for (const live of [available, { state: 'busy' as const, since: monday }])
      for (const minutes of [0, 5, 10])
        expect(withOne({ ...carrying(), live }, inMinutes(minutes), now)).toBe(10);
  });

  it('take the agent away from their planned end to the expected one when they overrun', () => {
    const now = inMinutes(9);
    const overrunning = carrying({ assignedAt: monday });
    expect(withOne(overrunning, inMinutes(5), now)).toBe(10);
    expect(withOne(overrunning, inMinutes(10), now)).toBe(9);
    expect(withOne(overrunning, inMinutes(30), now)).toBe(10);
  });

  it('that are dialled after their window occupy the agent beside the book', () => {
    const late = carrying({ start: hours(-1), assignedAt: monday });
    expect(withOne(late, inMinutes(5), inMinutes(1))).toBe(9);
  });

  it('end with a busy report about them: an older report does not outlive them', () => {
    const live = { state: 'busy' as const, since: monday };
    const now = inMinutes(8);
    expect(withOne({ live, freedAt: inMinutes(7) }, inMinutes(10), now)).toBe(10);
    expect(withOne({ live, freedAt: inMinutes(-1) }, inMinutes(10), now)).toBe(9);
  });
});

describe('what is taken off', () => {
  it('is κ of all alike agents, from the groups that end earliest', () => {
    const early = { shifts: { monday: aShift({ to: '14:00' }) } };
    const pool = aPool({ handleSeconds: 290 });
    const kappa = promisable({
      handle: { meanSeconds: 290, variation: 1 },
      plannedSeconds: 300,
      windowSeconds: 300,
      target: 0.95,
    });
    expect(kappa(10)).toBeLessThan(10);
    const { rows } = project(pool, [...alike(4, early), ...alike(6)], monday);
    expect(rows.map(({ cells }) => cells[0])).toEqual([kappa(10) - 6, 6]);
    expect(at(rows, hours(5))).toBe(kappa(6));
  });

  it('leaves a lone agent no exact promise, two a single one, and a lone agent one if the window is long', () => {
    expect(allowed(alike(1), hours(1))).toBe(0);
    expect(allowed(alike(2), hours(1))).toBe(1);
    expect(allowed(alike(1), hours(1), monday, aPool({ slotMinutes: 15 }))).toBe(1);
  });

  it('is the reserve for inbound, of which agents busy now are a part and not a further loss', () => {
    const loads = [
      { from: hours(-1), until: hours(8), calls: 9 * 60, handleSeconds: 300, skills: [], scheduled: true },
    ];
    const pool = aPool({}, { loads });
    const free = allowed(alike(20), hours(1), monday, pool);
    expect(free).toBeGreaterThan(0);
    expect(free).toBeLessThan(20 - 5);
    const busy = (count: number): AgentAtWork[] =>
      alike(20).map((agent, index) =>
        index < count ? { ...agent, ...reported('busy', monday, hours(2)) } : agent,
      );
    expect(allowed(busy(5), hours(1), monday, pool)).toBe(free);
    expect(allowed(busy(20), hours(1), monday, pool)).toBe(0);
  });

  it('is no more than is there, however large the inbound load', () => {
    const loads = [{ from: monday, until: hours(8), calls: 100_000, skills: [], scheduled: true }];
    expect(project(aPool({}, { loads }), alike(20), monday).rows).toEqual([]);
  });
});

describe('handle times', () => {
  it('are published by issue type, and what is learned changes what may be promised', () => {
    const handled = { dispute: Array<number>(250).fill(298), address: [60] };
    const { handleTimes, rows } = project(aPool({}, { handled }), alike(4), monday);
    expect(handleTimes.map(({ issueType, observations }) => [issueType, observations])).toEqual([
      ['address', 1],
      ['dispute', 250],
    ]);
    expect([at(project(aPool(), alike(4), monday).rows, hours(1)), at(rows, hours(1))]).toEqual([4, 2]);
  });
});

import { type ShiftPlan } from '@handover/contracts';
import { fromIso, minuteMs, type Instant } from '@handover/kernel';
import { promisable } from '../on-time/promisable.js';
import {
  alike,
  allowedBy,
  allowedIn,
  aPool,
  aShift,
  atWork,
  carrying,
  hours,
  inMinutes,
  monday,
  reported,
} from '../testing/builders.js';
import { project } from './project.js';
import { type AgentAtWork } from './whereabouts.js';

describe('agents from whom no capacity follows', () => {
  it('are told apart: those on duty, too few to promise anything, and those without shifts', () => {
    const { rows, unpromised } = project(
      aPool({ onTimeTarget: 0.999 }),
      [
        ...alike(10, { skills: ['billing'] }),
        atWork({ agentId: 'lone', skills: ['french'] }),
        atWork({ agentId: 'unplanned', skills: ['greek'], shifts: {} }),
      ],
      monday,
    );
    expect(new Set(rows.flatMap(({ skills }) => skills))).toEqual(new Set(['billing']));
    expect(unpromised).toEqual([
      { skills: ['french'], onDuty: true },
      { skills: ['greek'], onDuty: false },
    ]);
  });
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
      ['billing@2026-11-23T12:00:00.000Z', '2026-11-23T10:00:00.000Z', 24, 11],
      ['billing+de@2026-11-23T18:00:00.000Z', '2026-11-23T10:00:00.000Z', 96, 11],
      ['billing@2026-11-23T18:00:00.000Z', '2026-11-23T13:00:00.000Z', 60, 11],
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
      ['2026-11-23T20:00:00.000Z', 11],
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

  it('have each agent work by the clock of the shift, though one pool has agents in several zones', () => {
    const now = fromIso('2026-10-24T20:00:00Z');
    const zones = ['Europe/Zurich', 'America/New_York', 'Australia/Lord_Howe'];
    const agents = zones.flatMap((timeZone) =>
      alike(10, {
        shifts: { sunday: aShift({ date: '2026-10-25', from: '09:00', to: '17:00', timeZone }) },
        ...reported('offline', now - minuteMs),
      }),
    );
    const { rows } = project(aPool({ timeZone: 'Europe/Zurich', horizonHours: 48 }), agents, now);
    // Zurich has just set its clocks back, New York has not yet, Lord Howe has set them forward three weeks ago.
    expect(rows.map(({ from, until, cells }) => [from, until, cells.length])).toEqual([
      ['2026-10-24T22:00:00.000Z', '2026-10-25T06:00:00.000Z', 8 * 12],
      ['2026-10-25T08:00:00.000Z', '2026-10-25T16:00:00.000Z', 8 * 12],
      ['2026-10-25T13:00:00.000Z', '2026-10-25T21:00:00.000Z', 8 * 12],
    ]);
  });

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
    expect(allowedIn(rows, hours(5))).toBe(kappa(6));
  });

  it('is as little as possible: a few agents are planned longer instead of promising nothing', () => {
    const planned = (count: number): [seconds: number | undefined, callbacks: number] => {
      const { settings, rows } = project(aPool(), alike(count), monday);
      return [settings.handleSeconds, allowedIn(rows, hours(1))];
    };
    expect(planned(1)).toEqual([1_080, 1]);
    expect(planned(2)).toEqual([360, 1]);
    expect(planned(10)).toEqual([360, 11]);
  });

  it('leaves a lone agent no promise where the others of the pool are many', () => {
    const { rows } = project(aPool(), [...alike(20), atWork({ agentId: 'lone', skills: ['de'] })], monday);
    expect(rows.map(({ skills, cells }) => [skills, cells[0]])).toEqual([[['billing'], 24]]);
  });

  it('is the reserve for inbound, of which agents busy now are a part and not a further loss', () => {
    const loads = [
      { from: hours(-1), until: hours(8), calls: 9 * 60, handleSeconds: 300, skills: [], scheduled: true },
    ];
    const pool = aPool({}, { loads });
    const free = allowedBy(alike(20), hours(1), monday, pool);
    expect(free).toBeGreaterThan(0);
    expect(free).toBeLessThan(20 - 5);
    const busy = (count: number): AgentAtWork[] =>
      alike(20).map((agent, index) =>
        index < count ? { ...agent, ...reported('busy', monday, hours(2)) } : agent,
      );
    expect(allowedBy(busy(5), hours(1), monday, pool)).toBe(free);
    expect(allowedBy(busy(20), hours(1), monday, pool)).toBe(0);
  });

  it('is what agents cannot begin who have other calls', () => {
    const busy = alike(15, reported('busy', monday, hours(1)));
    expect(allowedBy([...alike(5), ...busy], inMinutes(5))).toBeLessThan(10);
  });

  it('is a lone agent whose callback may well last until the window closes', () => {
    const began = (minutes: number): AgentAtWork[] =>
      alike(1, carrying({ start: inMinutes(minutes), assignedAt: inMinutes(minutes) }));
    const allowed = (minutes: number): number =>
      allowedBy(began(minutes), inMinutes(0), monday, aPool({ slotMinutes: 15 }));
    expect(allowedBy(alike(1), monday, monday, aPool({ slotMinutes: 15 }))).toBe(1);
    // P(H > 30 min | H > 15 min) is 0.15.
    expect(allowed(-15)).toBe(0);
  });

  it('comes off agents who overrun, before it comes off those who leave early', () => {
    const early = atWork({ agentId: 'early', shifts: { monday: aShift({ to: '14:00' }) } });
    const late = atWork({ agentId: 'late', ...carrying({ start: hours(-1), assignedAt: hours(-1) }) });
    const { rows } = project(aPool(), [early, late], monday);
    const [earlier, later] = ['14:00', '18:00'].map((end) =>
      rows.filter(({ until }) => until.slice(11, 16) === end),
    );
    const allowed = (moment: Instant): number[] =>
      [earlier, later].map((ofGroup) => allowedIn(ofGroup ?? [], moment));
    expect(allowed(inMinutes(5))).toEqual([1, 0]);
    expect(allowed(hours(3))).toEqual([0, 1]);
  });

  it('comes on top of callbacks that overrun, once more of them do than may be expected', () => {
    const now = inMinutes(9);
    const allowed = (overrunning: number): number =>
      allowedBy(
        alike(20).map((agent, index) =>
          index < overrunning ? { ...agent, ...carrying({ assignedAt: monday }) } : agent,
        ),
        inMinutes(10),
        now,
      );
    const all = allowed(0);
    expect(all).toBeGreaterThan(20);
    expect(allowed(3)).toBe(all);
    expect(allowed(12)).toBeLessThan(all);
    expect(allowed(20)).toBeLessThan(allowed(12));
  });

  it('is no more than is there, however large the inbound load', () => {
    const loads = [{ from: monday, until: hours(8), calls: 100_000, skills: [], scheduled: true }];
    expect(project(aPool({}, { loads }), alike(20), monday).rows).toEqual([]);
  });
});

describe('handle times', () => {
  it('are published by issue type, and what is learned changes what may be promised', () => {
    const handled = { dispute: Array<number>(250).fill(298), address: [60] };
    const { handleTimes, rows } = project(aPool({}, { handled }), alike(10), monday);
    expect(handleTimes.map(({ issueType, observations }) => [issueType, observations])).toEqual([
      ['address', 1],
      ['dispute', 250],
    ]);
    expect([
      allowedIn(project(aPool(), alike(10), monday).rows, hours(1)),
      allowedIn(rows, hours(1)),
    ]).toEqual([11, 8]);
  });
});

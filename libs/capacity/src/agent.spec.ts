import { agentStates, type AgentStateReport } from '@handover/contracts';
import { isRefusal, secondMs, toIso, type Instant } from '@handover/kernel';
import fc from 'fast-check';
import {
  evolveAgent,
  noAgent,
  planShift,
  registerAgent,
  removeShift,
  reportState,
  type AgentEvent,
  type AgentRefused,
  type MaybeAgent,
} from './agent.js';
import { aShift, hours, monday } from './testing/builders.js';

type Decide = (agent: MaybeAgent) => readonly AgentEvent[] | AgentRefused;

/** What a sequence of decisions leads to. */
const after = (...decisions: Decide[]): MaybeAgent =>
  decisions.reduce((agent: MaybeAgent, decide) => {
    const decision = decide(agent);
    return isRefusal(decision) ? agent : decision.reduce<MaybeAgent>(evolveAgent, agent);
  }, noAgent);

const registered: Decide = (agent) =>
  registerAgent(agent, 'ada', { pool: 'billing', skills: ['en', 'billing'] }, monday);
const reported =
  (report: AgentStateReport, now: Instant = monday): Decide =>
  (agent) =>
    reportState(agent, 'ada', report, now);
const planned =
  (shiftId: string, plan = aShift()): Decide =>
  (agent) =>
    planShift(agent, 'ada', shiftId, plan, monday);

describe('an agent', () => {
  it('is registered once: the same again is no event, in whatever order the skills', () => {
    const agent = after(registered);
    expect(agent).toMatchObject({ agentId: 'ada', pool: 'billing', skills: ['billing', 'en'] });
    expect(registerAgent(agent, 'ada', { pool: 'billing', skills: ['billing', 'en', 'en'] }, monday)).toEqual(
      [],
    );
  });

  it('is offline until somebody reports a state', () => {
    expect(after(registered)?.live).toMatchObject({ state: 'offline' });
    const sinceYesterday = reported({ state: 'available', since: toIso(hours(-20)) });
    expect(after(registered, sinceYesterday)?.live).toEqual({ state: 'available', since: hours(-20) });
  });

  it('keeps shifts and state when pool or skills change, and says them again', () => {
    const before = after(
      registered,
      planned('mon'),
      reported({ state: 'available', since: toIso(hours(-1)) }),
    );
    const [event] = registerAgent(before, 'ada', { pool: 'sales', skills: [] }, monday);
    expect(event?.data).toMatchObject({ pool: 'sales', state: 'available', since: toIso(hours(-1)) });
    const moved = event && evolveAgent(before, event);
    expect(moved).toMatchObject({ pool: 'sales', skills: [], shifts: { mon: aShift() }, live: before?.live });
  });

  it.each<[string, Decide]>([
    ['plan', planned('mon')],
    ['remove', (agent) => removeShift(agent, 'ada', 'mon', monday)],
    ['report', reported({ state: 'available' })],
  ])('must be registered before one can %s', (_, decide) => {
    expect(decide(noAgent)).toMatchObject({ refused: 'unknown-agent' });
  });
});

describe('shifts', () => {
  it('are planned, changed and removed; the same plan again is no event', () => {
    const typesOf = (decide: Decide, agent: MaybeAgent): readonly string[] => {
      const decision = decide(agent);
      return isRefusal(decision) ? [decision.refused] : decision.map(({ type }) => type);
    };
    const agent = after(registered, planned('mon'));
    expect(typesOf(planned('mon'), after(registered))).toEqual(['ShiftPlanned']);
    expect(typesOf(planned('mon'), agent)).toEqual([]);
    expect(typesOf(planned('mon', aShift({ to: '19:00' })), agent)).toEqual(['ShiftChanged']);
    const removed: Decide = (known) => removeShift(known, 'ada', 'mon', monday);
    expect(typesOf(removed, agent)).toEqual(['ShiftRemoved']);
    expect(typesOf(removed, after(registered, planned('mon'), removed))).toEqual(['unknown-shift']);
  });

  it.each([
    ['08:00', '18:00', '12:00', '12:30', true],
    ['08:00', '18:00', '08:00', '18:00', true],
    ['08:00', '18:00', '17:30', '18:30', false],
    ['08:00', '18:00', '07:30', '08:30', false],
    ['08:00', '18:00', '12:00', '12:00', false],
    ['22:00', '06:00', '23:45', '00:15', true],
    ['22:00', '06:00', '02:00', '03:00', true],
    ['22:00', '06:00', '05:30', '06:30', false],
    ['00:00', '00:00', '23:30', '00:00', true],
  ])('%s–%s may have a break %s–%s: %s', (from, to, begin, end, fits) => {
    const decision = planned(
      'mon',
      aShift({ from, to, breaks: [{ from: begin, to: end }] }),
    )(after(registered));
    if (fits) expect(decision).toHaveLength(1);
    else expect(decision).toMatchObject({ refused: 'break-outside-shift' });
  });

  it('of days gone by are forgotten when the next is planned, and there is a limit to those to come', () => {
    const agent = after(registered, planned('old', aShift({ date: '2026-11-01' })), planned('new'));
    expect(Object.keys(agent?.shifts ?? {})).toEqual(['new']);
    const many = Array.from({ length: 1_000 }, (_, index) => planned(`shift-${index}`));
    expect(planned('one-more')(after(registered, ...many))).toMatchObject({ refused: 'too-many-shifts' });
  });
});

describe('state reports', () => {
  const live = (agent: MaybeAgent): unknown => agent?.live;

  it('that are older than the last known are ignored', () => {
    const agent = after(registered, reported({ state: 'away', since: toIso(monday) }));
    expect(reported({ state: 'available', since: toIso(hours(-1)) })(agent)).toEqual([]);
  });

  it('without a begin mean now, and repeat nothing: a heartbeat is no event', () => {
    const agent = after(registered, reported({ state: 'available' }));
    expect(reported({ state: 'available' }, hours(1))(agent)).toEqual([]);
    expect(reported({ state: 'busy' }, hours(1))(agent)).toMatchObject([
      { data: { since: toIso(hours(1)) } },
    ]);
  });

  it('cannot begin in the future: clocks differ by minutes, so it began now', () => {
    const agent = after(registered, reported({ state: 'busy', since: toIso(hours(0.1)) }));
    expect(live(agent)).toEqual({ state: 'busy', since: monday });
    expect(reported({ state: 'available' }, hours(1))(agent)).toHaveLength(1);
  });

  it.each([
    [{ since: '2090-01-01T00:00:00Z' }, 'since', 'must not be in the future'],
    [{ since: '2001-01-01T00:00:00Z' }, 'since', 'must be within a year of now'],
    [{ until: '2090-01-01T00:00:00Z' }, 'until', 'must be within a year of now'],
    [{ since: toIso(hours(-1)), until: toIso(hours(-2)) }, 'until', 'must be after since'],
  ])('of moments that cannot be meant are refused: %o', (moments, field, rule) => {
    expect(reported({ state: 'away', ...moments })(after(registered))).toMatchObject({
      refused: 'implausible',
      violations: [{ field, rule }],
    });
  });

  it('may change their end without a new begin', () => {
    const since = toIso(hours(-1));
    const agent = after(registered, reported({ state: 'away', since }));
    const told = reported({ state: 'away', since, until: toIso(hours(1)) });
    expect(told(agent)).toHaveLength(1);
    expect(live(after(registered, reported({ state: 'away', since }), told))).toMatchObject({
      until: hours(1),
    });
  });

  const report = fc.record({
    state: fc.constantFrom(...agentStates),
    since: fc.integer({ min: -3_600, max: 0 }).map((seconds) => monday + seconds * secondMs),
  });
  const reports = fc.uniqueArray(report, { selector: ({ since }) => since, minLength: 1, maxLength: 12 });

  it('lead to the latest state, in whatever order and however often they come', () => {
    const early: Decide = (agent) => registerAgent(agent, 'ada', { pool: 'billing', skills: [] }, hours(-2));
    fc.assert(
      fc.property(reports, fc.infiniteStream(fc.nat()), (sent, dice) => {
        const heard = [...sent, ...sent].map((each) => ({ each, place: dice.next().value as number }));
        heard.sort((one, other) => one.place - other.place);
        const decisions = heard.map(({ each }) => reported({ state: each.state, since: toIso(each.since) }));
        const latest = sent.reduce((one, other) => (other.since > one.since ? other : one));
        expect(live(after(early, ...decisions))).toEqual(latest);
      }),
    );
  });
});

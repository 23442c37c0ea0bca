import fc from 'fast-check';
import { type CallbackEvent, attemptOutcomes, eventClasses } from '@handover/contracts';
import { fromIso, hourMs, minuteMs, secondMs } from '@handover/kernel';
import { type Happening, World } from './testing/world.js';

const agents = fc.constantFrom('ann', 'ann', 'ann', 'ben');
const attempt = fc.constantFrom(1, 1, 1, 2, 2, 3);
const spans = fc.constantFrom(
  1,
  5 * secondMs,
  31 * secondMs,
  31 * secondMs,
  minuteMs,
  2 * minuteMs,
  20 * minuteMs,
);
const only = <What extends string>(...what: What[]) => ({ what: fc.constantFrom(...what) });

const happening: fc.Arbitrary<Happening> = fc.oneof(
  {
    weight: 40,
    arbitrary: fc.record({
      ...only('turn'),
      stale: fc.constantFrom(0, 0, 1, 2),
      agent: agents,
      diesBeforeDial: fc.boolean(),
    }),
  },
  { weight: 15, arbitrary: fc.record({ ...only('time-passes'), ms: spans }) },
  { weight: 20, arbitrary: fc.record({ ...only('acknowledge'), agent: agents }) },
  { weight: 8, arbitrary: fc.record({ ...only('answered'), attempt }) },
  { weight: 2, arbitrary: fc.record({ ...only('machine'), attempt }) },
  {
    weight: 8,
    arbitrary: fc.record({
      ...only('ended'),
      attempt,
      outcome: fc.constantFrom(...attemptOutcomes.slice(1)),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record(
      only('schedule', 'agent-leaves', 'agent-returns', 'agent-returns', 'agent-wanted', 'agent-not-wanted'),
    ),
  },
  { weight: 2, arbitrary: fc.record({ ...only('reschedule'), minutes: fc.constantFrom(0, 3, 30, 600) }) },
  { weight: 1, arbitrary: fc.record(only('cancel')) },
  {
    weight: 4,
    arbitrary: fc.record({
      ...only('disposition'),
      agent: agents,
      disposition: fc.constantFrom('resolved' as const, 'follow-up' as const),
    }),
  },
);

/** A callback agreed a quarter of an hour ahead, at any time of day, for somebody anywhere, and what happens to it. */
const lived = fc
  .record({
    hour: fc.integer({ min: 6, max: 22 }),
    zone: fc.constantFrom('Europe/Zurich', 'Africa/Lagos', 'Europe/Kyiv'),
    happenings: fc.array(happening, { minLength: 10, maxLength: 60, size: 'max' }),
  })
  .map(({ hour, zone, happenings }) => {
    const now = fromIso('2026-11-24T00:00:00Z') + hour * hourMs;
    const window = { start: now + 15 * minuteMs, end: now + 20 * minuteMs };
    const world = new World(now, { zone, from: '08:00', to: '21:00' }, window);
    world.happens({ what: 'schedule' });
    // Nearly all that matters happens around the window: begin there.
    world.happens({ what: 'time-passes', ms: 14 * minuteMs });
    for (const each of happenings) world.happens(each);
    return world;
  });

const started = ({ log }: World) =>
  log.flatMap((event) => (event.type === 'AttemptStarted' ? [event.data] : []));
const checked = (rule: (world: World) => void) => () => fc.assert(fc.property(lived, rule), { numRuns: 500 });

/** The log read afresh, event by event, without the code under test. */
function readAgents(
  log: readonly CallbackEvent[],
  atEach: (event: CallbackEvent, ready: string | undefined) => void,
) {
  let assigned: string | undefined;
  let ready: string | undefined;
  for (const event of log) {
    atEach(event, ready);
    if (event.type === 'AgentAssigned') [assigned, ready] = [event.data.agentId, undefined];
    if (event.type === 'AgentReleased') [assigned, ready] = [undefined, undefined];
    if (event.type === 'BriefingAcknowledged' && event.data.agentId === assigned) ready = assigned;
  }
}

describe('whatever happens, in whatever order', () => {
  it(
    'one attempt is dialled at most once, and only after it was stored',
    checked((world) => {
      const ids = started(world).map(({ attemptId }) => attemptId);
      expect(new Set(ids).size).toBe(ids.length);
      expect(new Set(world.dialled).size).toBe(world.dialled.length);
      expect(ids).toEqual(expect.arrayContaining(world.dialled));
    }),
  );

  it(
    'no caller is dialled without an agent who has acknowledged the briefing',
    checked(({ log }) => {
      readAgents(log, (event, ready) => {
        if (event.type === 'AttemptStarted') expect(ready).toBe(event.data.agentId);
        if (event.type === 'CallerConnected')
          expect([ready, event.data.briefed]).toEqual([event.data.agentId, true]);
      });
    }),
  );

  it(
    'no caller is dialled outside the allowed hours, nor before the window',
    checked((world) => {
      const hour = new Intl.DateTimeFormat('en-GB', {
        timeZone: world.hours.zone,
        hour: 'numeric',
        hourCycle: 'h23',
      });
      let opens = Infinity;
      for (const { type, data } of world.log) {
        if (type === 'CallbackScheduled' || type === 'CallbackRescheduled') opens = fromIso(data.start);
        if (type !== 'AttemptStarted') continue;
        const at = fromIso(data.occurredAt);
        expect(at).toBeGreaterThanOrEqual(opens);
        expect(Number(hour.format(at))).toBeGreaterThanOrEqual(8);
        expect(Number(hour.format(at))).toBeLessThan(21);
      }
    }),
  );

  it(
    'no second dial begins while one is in progress, and at most three for one window',
    checked(({ log }) => {
      let open = 0;
      let forWindow = 0;
      for (const { type } of log) {
        if (type === 'CallbackRescheduled') forWindow = 0;
        if (type === 'AttemptStarted') [open, forWindow] = [open + 1, forWindow + 1];
        if (type === 'AttemptEnded') open -= 1;
        expect([0, 1]).toContain(open);
        expect(forWindow).toBeLessThanOrEqual(3);
      }
    }),
  );

  it(
    'nothing is resolved that no person was reached for',
    checked((world) => {
      const reached = world.log.some(({ type }) => type === 'CallerConnected');
      if (!reached)
        expect([undefined, 'follow-up', 'resolved'].indexOf(world.disposition())).toBeLessThanOrEqual(0);
    }),
  );

  it(
    'every callback comes to one end, and one that was never dialled is told to be missed',
    checked((world) => {
      expect(world.runToEnd(500)).toBe(true);
      const ends = world.log.filter(
        ({ type }) => type === 'CallbackCompleted' || type === 'CallbackCancelled',
      );
      expect(ends).toEqual([world.log.at(-1)]);
      const types = world.log.map(({ type }) => type);
      if (types.at(-1) === 'CallbackCompleted' && !types.includes('AttemptStarted'))
        expect(types).toContain('CallbackMissed');
    }),
  );

  it('the interesting things do happen in these tests', () => {
    const times = new Map<string, number>();
    const count = ({ log }: World) => log.forEach(({ type }) => times.set(type, (times.get(type) ?? 0) + 1));
    fc.assert(
      fc.property(lived, (world) => void count(world)),
      { numRuns: 500, seed: 1 },
    );
    const rare = Object.keys(eventClasses.callback).filter((type) => (times.get(type) ?? 0) < 20);
    expect(rare).toEqual([]);
  });
});

import { hourMs, minuteMs, type TimeZone } from '@handover/kernel';
import { AgentProfile, AgentStateReport, PoolSettings, ShiftPlan } from '@handover/contracts';
import { validated } from '@handover/platform';
import fc from 'fast-check';
import { sampleCentre } from './sample-centre.js';
import { workedAt } from './testing/worked-at.js';

const zones: readonly TimeZone[] = [
  'Europe/Zurich',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'UTC',
];

/** Any moment of a year with its changes of clocks, in any of the zones. */
const anyMoment = fc.record({
  now: fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 0, 1) }),
  zone: fc.constantFrom(...zones),
});

describe('the sample centre', () => {
  it('has people at work now and for the next hours, in every pool, at any hour of any day', () => {
    fc.assert(
      fc.property(anyMoment, ({ now, zone }) => {
        const puts = sampleCentre(now, zone);
        for (const pool of ['billing', 'technical', 'general'])
          for (const inHours of [0, 1, 2, 3]) {
            const working = workedAt(puts, pool, now + inHours * hourMs + 10 * minuteMs);
            expect([pool, inHours, working.length >= 3]).toEqual([pool, inHours, true]);
          }
      }),
      { numRuns: 300 },
    );
  });

  it('says nothing that capacity would refuse', async () => {
    const { now, zone } = { now: Date.UTC(2026, 10, 23, 10), zone: 'Europe/Zurich' };
    const classOf = (path: string) => {
      if (path.includes('/shifts/')) return ShiftPlan;
      if (path.endsWith('/state')) return AgentStateReport;
      return path.startsWith('/v1/pools/') ? PoolSettings : AgentProfile;
    };
    for (const { path, body } of sampleCentre(now, zone))
      expect([path, await validated<object>(body, classOf(path), 'refused')]).toEqual([
        path,
        { data: expect.anything() as unknown },
      ]);
  });

  it('is the same for the same moment: a second attempt ends in the same centre', () => {
    const now = Date.UTC(2026, 10, 23, 10);
    expect(sampleCentre(now, 'Europe/Zurich')).toEqual(sampleCentre(now, 'Europe/Zurich'));
  });
});

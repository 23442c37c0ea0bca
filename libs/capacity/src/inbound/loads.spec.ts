import { dayMs, fromIso, hourMs, minuteMs, type Instant } from '@handover/kernel';
import { hours, monday } from '../testing/builders.js';
import { expectedTraffic, type InboundLoad } from './loads.js';

const half = 30 * minuteMs;
const aLoad = (from: Instant, calls: number, given: Partial<InboundLoad> = {}): InboundLoad => ({
  from,
  until: from + half,
  calls,
  skills: [],
  scheduled: false,
  ...given,
});

const expected = (
  loads: readonly InboundLoad[],
  moment: Instant,
  now = monday,
  timeZone = 'Etc/UTC',
): number =>
  expectedTraffic(
    [...loads].sort((one, other) => one.from - other.from),
    { timeZone, handleSeconds: 240 },
    now,
  )(moment)?.callsPerHour ?? 0;

describe('inbound calls to be expected', () => {
  it('are none if nobody said anything', () => {
    expect(expected([], hours(2))).toBe(0);
  });

  it('are those of the forecast, where there is one', () => {
    const loads = [aLoad(hours(2), 50, { scheduled: true }), aLoad(hours(2) - 7 * dayMs, 10)];
    expect(expected(loads, hours(2))).toBe(100);
    expect(expected(loads, hours(2) + half)).toBe(0);
  });

  it('else those counted at that time a week ago, else yesterday', () => {
    const loads = [aLoad(hours(3) - 7 * dayMs, 10), aLoad(hours(3) - dayMs, 20), aLoad(hours(4) - dayMs, 30)];
    expect(expected(loads, hours(3))).toBe(20);
    expect(expected(loads, hours(4) + minuteMs)).toBe(60);
  });

  it('else those counted last, while the count is fresh', () => {
    expect(expected([aLoad(monday - half, 15)], hours(6))).toBe(30);
    expect(expected([aLoad(monday - 3 * half, 15)], hours(6))).toBe(0);
  });

  it('are in the coming hour at least those counted last', () => {
    const loads = [aLoad(monday - half, 40), aLoad(monday, 10, { scheduled: true, until: hours(4) })];
    expect(expected(loads, hours(0.5))).toBe(80);
    expect(expected(loads, hours(1))).toBe(2.5);
  });

  it('keep the wall clock’s time when the clocks change in between', () => {
    const counted = fromIso('2026-10-22T09:00:00+02:00');
    const loads = [aLoad(counted, 25)];
    const now = fromIso('2026-10-28T12:00:00Z');
    const moment = fromIso('2026-10-29T09:00:00+01:00');
    expect(moment - counted).toBe(7 * dayMs + hourMs);
    expect(expected(loads, moment, now, 'Europe/Zurich')).toBe(50);
    expect(expected(loads, moment - hourMs, now, 'Europe/Zurich')).toBe(0);
  });

  it('last as long, and wait as long, as was measured; else the pool’s handle time and three minutes', () => {
    const traffic = (given: Partial<InboundLoad>) =>
      expectedTraffic([aLoad(monday, 1, given)], { timeZone: 'Etc/UTC', handleSeconds: 240 }, monday)(monday);
    expect(traffic({ scheduled: true })).toMatchObject({ handleSeconds: 240, patienceSeconds: 180 });
    expect(traffic({ scheduled: true, handleSeconds: 60, patienceSeconds: 90 })).toMatchObject({
      handleSeconds: 60,
      patienceSeconds: 90,
    });
  });
});

import { hourMs, minuteMs, toIso } from '@handover/kernel';
import fc from 'fast-check';
import { type Break, type ShiftPlan } from './agent.js';
import { joined, stretchesOf, type Stretch } from './stretches.js';

const plan = (
  date: string,
  from: string,
  to: string,
  timeZone: string,
  breaks: readonly [string, string][] = [],
): ShiftPlan => ({
  date,
  from,
  to,
  timeZone,
  breaks: breaks.map(([begin, end]) => ({ from: begin, to: end })),
});

const told = (stretches: readonly Stretch[]): string[] =>
  stretches.map(({ from, until }) => `${toIso(from).slice(0, 16)}–${toIso(until).slice(0, 16)}`);

const hours = (stretches: readonly Stretch[]): number =>
  stretches.reduce((sum, { from, until }) => sum + until - from, 0) / hourMs;

describe('what a shift means', () => {
  it('is its work without its breaks', () => {
    const shift = plan('2026-11-23', '09:00', '17:00', 'Europe/Zurich', [
      ['15:00', '15:15'],
      ['12:00', '13:00'],
    ]);
    expect(told(stretchesOf(shift))).toEqual([
      '2026-11-23T08:00–2026-11-23T11:00',
      '2026-11-23T12:00–2026-11-23T14:00',
      '2026-11-23T14:15–2026-11-23T16:00',
    ]);
  });

  it('goes over midnight when it ends at or before it began, its breaks too', () => {
    const night = plan('2026-11-23', '22:00', '06:00', 'Europe/Zurich', [
      ['23:45', '00:15'],
      ['02:00', '02:30'],
    ]);
    expect(told(stretchesOf(night))).toEqual([
      '2026-11-23T21:00–2026-11-23T22:45',
      '2026-11-23T23:15–2026-11-24T01:00',
      '2026-11-24T01:30–2026-11-24T05:00',
    ]);
    expect(hours(stretchesOf(plan('2026-11-23', '00:00', '00:00', 'Etc/UTC')))).toBe(24);
  });

  it('holds overlapping breaks once, and a break at either end shortens it', () => {
    const shift = plan('2026-11-23', '09:00', '17:00', 'Etc/UTC', [
      ['09:00', '09:30'],
      ['12:00', '13:00'],
      ['12:15', '12:45'],
      ['16:30', '17:00'],
    ]);
    expect(told(stretchesOf(shift))).toEqual([
      '2026-11-23T09:30–2026-11-23T12:00',
      '2026-11-23T13:00–2026-11-23T16:30',
    ]);
  });

  it.each([
    ['Europe/Zurich', '2026-03-28', 7],
    ['Europe/Zurich', '2026-10-24', 9],
    ['America/New_York', '2026-03-07', 7],
    ['America/New_York', '2026-10-31', 9],
    ['Australia/Lord_Howe', '2026-10-03', 7.5],
    ['Australia/Lord_Howe', '2026-04-04', 8.5],
  ])(
    'lasts as long as the wall clock says in a night of changing clocks: %s %s, 22:00–06:00',
    (zone, date, long) => {
      expect(hours(stretchesOf(plan(date, '22:00', '06:00', zone)))).toBe(long);
    },
  );

  it('holds no work when it falls into the hour that the clocks skip', () => {
    expect(stretchesOf(plan('2026-03-29', '02:30', '03:15', 'Europe/Zurich'))).toEqual([]);
    expect(told(stretchesOf(plan('2026-03-29', '02:30', '03:45', 'Europe/Zurich')))).toEqual([
      '2026-03-29T01:30–2026-03-29T01:45',
    ]);
  });

  it('means the earlier of two equal clock times when the clocks go back', () => {
    expect(told(stretchesOf(plan('2026-10-25', '02:30', '03:30', 'Europe/Zurich')))).toEqual([
      '2026-10-25T00:30–2026-10-25T02:30',
    ]);
  });

  it('never overlaps itself, is in order, and lies within the shift, whatever the breaks', () => {
    const time = fc
      .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
      .map(([hour, minute]) => `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`);
    const pause: fc.Arbitrary<Break> = fc.record({ from: time, to: time });
    const zone = fc.constantFrom(
      'Europe/Zurich',
      'America/New_York',
      'Australia/Lord_Howe',
      'Asia/Kathmandu',
    );
    const date = fc.constantFrom('2026-03-28', '2026-03-29', '2026-10-04', '2026-10-25', '2026-11-01');
    fc.assert(
      fc.property(
        fc.record({ date, from: time, to: time, timeZone: zone, breaks: fc.array(pause, { maxLength: 4 }) }),
        (shift) => {
          const whole = stretchesOf({ ...shift, breaks: [] });
          const worked = stretchesOf(shift);
          expect(hours(worked)).toBeLessThanOrEqual(hours(whole));
          for (const [index, stretch] of worked.entries()) {
            expect(stretch.until - stretch.from).toBeGreaterThanOrEqual(minuteMs);
            expect(stretch.from).toBeGreaterThanOrEqual(whole[0]?.from ?? Infinity);
            expect(stretch.until).toBeLessThanOrEqual(whole[0]?.until ?? -Infinity);
            expect(stretch.from).toBeGreaterThan(worked[index - 1]?.until ?? -Infinity);
          }
        },
      ),
    );
  });

  it('is united with another that overlaps or adjoins it: an agent counts once', () => {
    const at = (hour: number): number => hour * hourMs;
    const stretches = [
      { from: at(9), until: at(12) },
      { from: at(12), until: at(13) },
      { from: at(20), until: at(20) },
      { from: at(8), until: at(10) },
      { from: at(14), until: at(15) },
    ];
    expect(joined(stretches)).toEqual([
      { from: at(8), until: at(13) },
      { from: at(14), until: at(15) },
    ]);
  });
});

import fc from 'fast-check';
import { dayMs, fromIso, hourMs, minuteMs, toIso } from './instant.js';
import {
  addDays,
  atLocalTime,
  inZone,
  isAmbiguous,
  isTimeZone,
  localDate,
  localTime,
  startOfDay,
} from './zone.js';

const zurich = 'Europe/Zurich';

describe('wall-clock time in a zone', () => {
  it('names the day by the zone, not by UTC', () => {
    const lateEvening = fromIso('2026-11-23T23:30:00Z');
    expect(localDate(lateEvening, zurich)).toBe('2026-11-24');
    expect(localDate(lateEvening, 'America/New_York')).toBe('2026-11-23');
  });

  it.each([
    ['Europe/Zurich', '2026-03-29', 23],
    ['Europe/Zurich', '2026-10-25', 25],
    ['America/New_York', '2026-03-08', 23],
    ['America/New_York', '2026-11-01', 25],
    ['Australia/Lord_Howe', '2026-04-05', 24.5],
    ['Australia/Lord_Howe', '2026-10-04', 23.5],
  ])('knows that a day in %s on %s has %d hours', (zone, day, hours) => {
    expect((startOfDay(addDays(day, 1), zone) - startOfDay(day, zone)) / hourMs).toBe(hours);
  });

  it('asked first at the moment of a change, knows what was before it', () => {
    const change = fromIso('2026-11-01T07:00:00Z');
    expect(localTime(change, 'America/Chicago').minuteOfDay).toBe(60);
    expect(localTime(change - 7 * dayMs, 'America/Chicago').minuteOfDay).toBe(120);
  });

  it('takes the later moment in a gap and the earlier in a repeated hour', () => {
    expect(toIso(atLocalTime('2026-03-29', '02:30', zurich))).toBe('2026-03-29T01:30:00.000Z');
    expect(toIso(atLocalTime('2026-10-25', '02:30', zurich))).toBe('2026-10-25T00:30:00.000Z');
  });

  it('calls a time that the clock shows twice ambiguous, both times, and no other', () => {
    expect(isAmbiguous(fromIso('2026-10-25T00:30:00Z'), zurich)).toBe(true);
    expect(isAmbiguous(fromIso('2026-10-25T01:30:00Z'), zurich)).toBe(true);
    expect(isAmbiguous(fromIso('2026-10-25T02:30:00Z'), zurich)).toBe(false);
    expect(isAmbiguous(fromIso('2026-03-29T01:30:00Z'), zurich)).toBe(false);
  });

  const zone = fc.constantFrom(
    'Europe/Zurich',
    'America/New_York',
    'Australia/Lord_Howe',
    'Africa/Casablanca',
    'Asia/Kathmandu',
    'Pacific/Apia',
    'UTC',
  );
  const minute = fc
    .integer({ min: fromIso('2020-01-01T00:00Z') / minuteMs, max: fromIso('2035-01-01T00:00Z') / minuteMs })
    .map((minutes) => minutes * minuteMs);
  const aroundAChange = fc
    .tuple(minute, zone, fc.integer({ min: -1_500, max: 1_500 }))
    .map(([at, name, minutes]) => {
      const change = inZone(at, name).getTimeZoneTransition('next');
      return change ? change.epochMilliseconds + minutes * minuteMs : at;
    });

  it('shows what Temporal shows, also around changes of the clock', () => {
    fc.assert(
      fc.property(fc.oneof(minute, aroundAChange), zone, (at, name) => {
        const local = inZone(at, name).toPlainDateTime();
        const date = local.toPlainDate().toString();
        expect(localDate(at, name)).toBe(date);
        expect(localTime(at, name)).toEqual({
          day: fromIso(date) / dayMs,
          minuteOfDay: local.hour * 60 + local.minute,
        });
        const time = local.toPlainTime().toString({ smallestUnit: 'minute' });
        expect(atLocalTime(date, time, name)).toBe(local.toZonedDateTime(name).epochMilliseconds);
        expect(startOfDay(date, name)).toBe(local.toPlainDate().toZonedDateTime(name).epochMilliseconds);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is not computed from what is no date', () => {
    expect(() => atLocalTime('tomorrow', '10:00', zurich)).toThrow(RangeError);
    expect(() => addDays('tomorrow', 1)).toThrow(RangeError);
  });

  it('knows a zone from a word', () => {
    expect(isTimeZone(zurich)).toBe(true);
    expect(isTimeZone('Mars/Olympus')).toBe(false);
    expect(isTimeZone('+01:00')).toBe(false);
    expect(isTimeZone('2026-11-23T10:00[Europe/Zurich]')).toBe(false);
  });
});

describe('an instant', () => {
  it('is read with any offset and written in UTC', () => {
    expect(toIso(fromIso('2026-11-23T14:15:00+01:00'))).toBe('2026-11-23T13:15:00.000Z');
  });

  it('is written as Date writes it, in any order of days', () => {
    const moments = fc.array(fc.date({ noInvalidDate: true }), { minLength: 1 });
    fc.assert(
      fc.property(moments, (dates) => {
        expect(dates.map((date) => toIso(date.getTime()))).toEqual(dates.map((date) => date.toISOString()));
      }),
    );
    expect(toIso(1.9)).toBe('1970-01-01T00:00:00.001Z');
    expect(() => toIso(NaN)).toThrow(RangeError);
  });

  it('is not made from a word', () => {
    expect(() => fromIso('tomorrow')).toThrow(RangeError);
  });
});

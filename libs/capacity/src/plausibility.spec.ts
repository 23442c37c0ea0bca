import { implausibleLoad, implausibleSettings, implausibleShift } from './plausibility.js';
import { aShift, hours, monday } from './testing/builders.js';
import { toIso } from '@handover/kernel';

const fieldsOf = (violations: readonly { field: string }[]): string[] => violations.map(({ field }) => field);

describe('hours that contradict each other', () => {
  it.each([
    ['09:00', '17:00', []],
    ['22:00', '06:00', []],
    ['18:00', '00:00', []],
    ['00:00', '00:00', []],
    ['12:00', '12:00', ['to']],
    ['17:00', '09:00', ['to']],
    ['10:00', '09:59', ['to']],
  ])('a shift from %s to %s breaks %j', (from, to, broken) => {
    expect(fieldsOf(implausibleShift(aShift({ from, to }), monday))).toEqual(broken);
  });

  it.each([
    ['08:00', '21:00', []],
    ['08:00', '00:00', []],
    ['00:00', '00:00', []],
    ['09:00', '09:00', ['callingHours.to']],
    ['21:00', '08:00', ['callingHours.to']],
  ])('calling hours from %s to %s break %j', (from, to, broken) => {
    const settings = { timeZone: 'Etc/UTC', callingHours: { from, to } };
    expect(fieldsOf(implausibleSettings(settings))).toEqual(broken);
  });

  it('nobody is offered what nothing would carry out: a callback without a time', () => {
    const violations = implausibleSettings({ timeZone: 'Etc/UTC', callbackWithoutTime: true });
    expect(fieldsOf(violations)).toEqual(['callbackWithoutTime']);
    expect(implausibleSettings({ timeZone: 'Etc/UTC', callbackWithoutTime: false })).toEqual([]);
  });

  it('the hours of a country as well', () => {
    const countryHours = [{ country: 'CH', from: '20:00', to: '08:00' }];
    const violations = implausibleSettings({ timeZone: 'Etc/UTC', countryHours });
    expect(fieldsOf(violations)).toEqual(['countryHours[0].to']);
  });
});

describe('days that are typing errors', () => {
  it.each([
    ['2026-11-23', []],
    ['2027-11-20', []],
    ['2062-11-23', ['date']],
    ['2006-11-23', ['date']],
  ])('a shift on %s breaks %j', (date, broken) => {
    expect(fieldsOf(implausibleShift(aShift({ date }), monday))).toEqual(broken);
  });

  it('calls are counted when they have come, and forecast for a year at most', () => {
    const load = { pool: 'billing', from: toIso(hours(2)), to: toIso(hours(3)), calls: 1 };
    expect(fieldsOf(implausibleLoad(load, monday))).toEqual(['from']);
    expect(implausibleLoad({ ...load, scheduled: true }, monday)).toEqual([]);
    const far = { ...load, from: '2090-01-01T00:00:00Z', to: '2090-01-02T00:00:00Z', scheduled: true };
    expect(fieldsOf(implausibleLoad(far, monday))).toEqual(['from', 'to']);
  });
});

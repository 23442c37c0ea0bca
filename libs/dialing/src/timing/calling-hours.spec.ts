import { fromIso } from '@handover/kernel';
import { allowedHours, isAllowed, nextAllowed } from './calling-hours.js';

const zurich = { zone: 'Europe/Zurich', from: '08:00', to: '21:00' };
const at = (iso: string) => fromIso(iso);

describe('calling hours', () => {
  it('are judged on the wall clock of the called person', () => {
    expect(isAllowed(at('2026-11-24T07:00:00Z'), zurich)).toBe(true);
    expect(isAllowed(at('2026-11-24T06:59:59Z'), zurich)).toBe(false);
    expect(isAllowed(at('2026-11-24T07:00:00Z'), { ...zurich, zone: 'America/New_York' })).toBe(false);
  });

  it('end before their last moment', () => {
    expect(isAllowed(at('2026-11-24T19:59:59Z'), zurich)).toBe(true);
    expect(isAllowed(at('2026-11-24T20:00:00Z'), zurich)).toBe(false);
  });

  it('that end at or before they begin last over midnight', () => {
    const night = { ...zurich, from: '20:00', to: '02:00' };
    expect(isAllowed(at('2026-11-24T23:00:00Z'), night)).toBe(true);
    expect(isAllowed(at('2026-11-24T12:00:00Z'), night)).toBe(false);
    expect(isAllowed(at('2026-11-24T12:00:00Z'), { ...zurich, from: '00:00', to: '00:00' })).toBe(true);
  });

  it('open next today or tomorrow', () => {
    expect(nextAllowed(at('2026-11-24T04:00:00Z'), zurich)).toBe(at('2026-11-24T07:00:00Z'));
    expect(nextAllowed(at('2026-11-24T22:00:00Z'), zurich)).toBe(at('2026-11-25T07:00:00Z'));
    expect(nextAllowed(at('2026-11-24T12:00:00Z'), zurich)).toBe(at('2026-11-24T12:00:00Z'));
  });

  it('keep to the wall clock over a daylight-saving change', () => {
    expect(nextAllowed(at('2026-03-28T22:00:00Z'), zurich)).toBe(at('2026-03-29T06:00:00Z'));
  });

  it('come from the country, else the pool, else the custom of the trade', () => {
    const pool = {
      callingHours: { from: '09:00', to: '18:00' },
      countryHours: [{ country: 'FR', from: '10:00', to: '20:00' }],
    };
    expect(allowedHours(pool, { timeZone: 'Europe/Paris', country: 'FR' }).from).toBe('10:00');
    expect(allowedHours(pool, { timeZone: 'Europe/Zurich', country: 'CH' }).from).toBe('09:00');
    expect(allowedHours(undefined, { timeZone: 'Europe/Zurich' })).toEqual(zurich);
  });
});

import { dayMs, minuteMs, toIso } from '@handover/kernel';
import { clockSkewMs, farthestMs, namedMoment, pastMoment } from './plausible.js';

const now = Date.parse('2026-11-23T12:00:00Z');
const rules = (violations: readonly { readonly rule: string }[]): string[] =>
  violations.map(({ rule }) => rule);

describe('a moment', () => {
  it('is within a year of now, before or after it; one that is absent breaks no rule', () => {
    for (const far of [farthestMs, -farthestMs]) {
      expect(namedMoment('at', toIso(now + far), now)).toEqual([]);
      const farther = toIso(now + far + Math.sign(far) * dayMs);
      expect(namedMoment('at', farther, now)).toEqual([
        { field: 'at', rule: 'must be within a year of now' },
      ]);
    }
    expect(namedMoment('at', undefined, now)).toEqual([]);
  });

  it('that has come already may be ahead of our clock as far as clocks differ', () => {
    expect(pastMoment('at', toIso(now + clockSkewMs), now)).toEqual([]);
    const ahead = toIso(now + clockSkewMs + minuteMs);
    expect(rules(pastMoment('at', ahead, now))).toEqual(['must not be in the future']);
    expect(rules(pastMoment('at', toIso(now - farthestMs - 1), now))).toEqual([
      'must be within a year of now',
    ]);
  });
});

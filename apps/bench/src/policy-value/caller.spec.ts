import { minuteMs } from '@handover/kernel';
import { type Availability, answers } from './caller.js';

const usual: Availability = { expecting: 0.95, otherwise: 0.6, fadesInMinutes: 15 };
const expected = { from: 60 * minuteMs, until: 65 * minuteMs };

describe('who answers', () => {
  it('is who expects the call, and who has just called', () => {
    for (const minute of [0, 60, 62, 65]) expect(answers(usual, minute * minuteMs, 0, expected)).toBe(0.95);
  });

  it('is less and less, the further the call is from what was told', () => {
    const before = answers(usual, 45 * minuteMs, 0, expected);
    expect(before).toBeCloseTo(0.6 + 0.35 / Math.E, 12);
    expect(answers(usual, 80 * minuteMs, 0, expected)).toBeCloseTo(before, 12);
    expect(answers(usual, 600 * minuteMs, 0, expected)).toBeCloseTo(0.6, 12);
    expect(answers(usual, 60 * minuteMs, 0, undefined)).toBeCloseTo(0.6 + 0.35 * Math.exp(-4), 12);
  });
});

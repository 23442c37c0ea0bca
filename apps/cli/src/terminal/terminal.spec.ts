import { dayMs, hourMs, minuteMs, secondMs } from '@handover/kernel';
import { paceText } from './pace.js';
import { spanText } from './spans.js';
import { table } from './table.js';

describe('what is printed', () => {
  it.each([
    [0, '0 ms'],
    [999, '999 ms'],
    [1_340, '1.3 s'],
    [2 * minuteMs, '2 min'],
    [74 * secondMs, '1 min 14 s'],
    [2 * hourMs + 5 * minuteMs + 59 * secondMs, '2 h 5 min'],
    [3 * dayMs, '3 d'],
    [3 * dayMs + 4 * hourMs, '3 d 4 h'],
  ])('a span of %i ms is said as %s', (span, said) => expect(spanText(span)).toBe(said));

  it('a pace tells rate and time left, and no time left when it is over', () => {
    expect(paceText(24_800, 2_000, 0.25)).toBe('12,400/s, 6 s left');
    expect(paceText(24_800, 2_000, 1)).toBe('12,400/s');
    expect(paceText(0, 2_000, 0)).toBe('');
  });

  it('a table aligns texts at the left, numbers at the right, and marks what is absent', () => {
    expect(
      table(
        ['NAME', 'EVENTS', 'UP TO'],
        [
          ['outcomes', 1_204, undefined],
          ['appointments', 7, 'noon'],
        ],
      ),
    ).toEqual(['NAME          EVENTS  UP TO', 'outcomes       1,204  -', 'appointments       7  noon']);
    expect(table(['NAME'], [])).toEqual([]);
  });
});

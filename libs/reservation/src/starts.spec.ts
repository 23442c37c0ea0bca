import fc from 'fast-check';
import { minuteMs } from '@handover/kernel';
import { Starts } from './starts.js';

describe('starts', () => {
  it('find all that are under way, also of those that were moved', () => {
    const minutes = (most: number): fc.Arbitrary<number> => fc.integer({ min: 0, max: most });
    const appointments = fc.array(fc.tuple(minutes(600), minutes(600), minutes(90)), { maxLength: 40 });
    fc.assert(
      fc.property(appointments, minutes(700), minutes(60), (given, from, length) => {
        const starts = new Starts();
        for (const [index, [was, start, lasts]] of given.entries()) {
          starts.add(`${index}`, was * minuteMs, lasts * minuteMs);
          starts.remove(`${index}`, was * minuteMs);
          starts.add(`${index}`, start * minuteMs, lasts * minuteMs);
        }
        const found = [...starts.around(from * minuteMs, (from + length) * minuteMs)];
        expect(new Set(found).size).toBe(found.length);
        for (const [index, [, start, lasts]] of given.entries())
          if (start <= from + length && start + lasts >= from) expect(found).toContain(`${index}`);
      }),
    );
  });

  it('do not look at those who began long before, or begin later', () => {
    const starts = new Starts();
    for (let minute = 0; minute < 600; minute += 5) starts.add(`${minute}`, minute * minuteMs, 5 * minuteMs);
    expect([...starts.around(300 * minuteMs, 300 * minuteMs)]).toEqual(['295', '300']);
  });
});

import fc from 'fast-check';
import { simulateWorst } from '../simulation/on-time.js';
import { promisable, type OnTimeTerms } from './promisable.js';

const terms = (meanSeconds: number, variation: number, more: Partial<OnTimeTerms> = {}): OnTimeTerms => ({
  handle: { meanSeconds, variation },
  plannedSeconds: Math.ceil(meanSeconds / 300) * 300,
  windowSeconds: 300,
  target: 0.95,
  ...more,
});

const bank = terms(189, 1.16);
const usual = terms(360, 1);
/** No slack at all: as much is planned as it takes. */
const tight = terms(298, 1.16);

describe('κ, the promises that so many agents can keep', () => {
  it.each([
    ['189 s, CV 1.16', bank, [0, 1, 4, 12, 55, 303]],
    ['360 s, CV 1', usual, [0, 1, 4, 11, 51, 274]],
    ['298 s planned as 300, CV 1.16', tight, [0, 0, 2, 7, 35, 192]],
  ])('of 1, 2, 4, 10, 40 and 200: %s', (_, given, promised) => {
    expect([1, 2, 4, 10, 40, 200].map(promisable(given))).toEqual(promised);
  });

  it.each([
    ['189 s, CV 1.16', bank],
    ['360 s, CV 1', usual],
    ['298 s planned as 300, CV 1.16', tight],
  ])('are kept in simulation, however the starts fall, with the target’s probability: %s', (_, given) => {
    for (const agents of [1, 2, 4, 10, 40, 200]) {
      const promised = promisable(given)(agents);
      const { onTime, margin } = simulateWorst({
        terms: given,
        agents,
        promised,
        starts: 12_000,
        seed: agents,
      });
      expect(onTime + margin).toBeGreaterThanOrEqual(given.target);
    }
  });

  it('are kept in simulation for any handle time, window and target', () => {
    const any = fc.record({
      agents: fc.integer({ min: 1, max: 60 }),
      mean: fc.double({ min: 40, max: 1_200, noNaN: true }),
      variation: fc.double({ min: 0.2, max: 1.8, noNaN: true }),
      target: fc.constantFrom(0.8, 0.9, 0.95, 0.99),
    });
    fc.assert(
      fc.property(any, ({ agents, mean, variation, target }) => {
        const given = terms(mean, variation, { target });
        const promised = promisable(given)(agents);
        const { onTime, margin } = simulateWorst({
          terms: given,
          agents,
          promised,
          starts: 4_000,
          seed: agents,
        });
        expect(onTime + 2 * margin).toBeGreaterThanOrEqual(target);
      }),
      { numRuns: 20, seed: 2026 },
    );
  });

  it('are not needlessly few: one more would often break the target where there is no slack', () => {
    const promised = promisable(tight)(10);
    const more = simulateWorst({ terms: tight, agents: 10, promised: promised + 2, starts: 12_000, seed: 1 });
    expect(more.onTime).toBeLessThan(tight.target);
  });

  it('keep agents busy for no more than the largest occupancy, and are fewer for a higher target or a shorter window', () => {
    const any = fc.record({
      agents: fc.integer({ min: 0, max: 500 }),
      mean: fc.integer({ min: 30, max: 1_200 }),
      variation: fc.double({ min: 0.1, max: 2, noNaN: true }),
    });
    fc.assert(
      fc.property(any, ({ agents, mean, variation }) => {
        const given = terms(mean, variation);
        const count = (more: Partial<OnTimeTerms>): number => promisable({ ...given, ...more })(agents);
        const busy = (promised: number): number => (promised * mean) / (given.plannedSeconds * agents || 1);
        expect(busy(count({}))).toBeLessThan(1);
        expect(busy(count({ maxOccupancy: 0.7 }))).toBeLessThanOrEqual(0.7);
        expect(count({ target: 0.99 })).toBeLessThanOrEqual(count({ target: 0.8 }));
        expect(count({ windowSeconds: 60 })).toBeLessThanOrEqual(count({ windowSeconds: 300 }));
      }),
      { numRuns: 30 },
    );
  });

  it('are none of a lone agent with a short window, and one with a long one', () => {
    expect(promisable(usual)(1)).toBe(0);
    expect(promisable(terms(360, 1, { windowSeconds: 900, plannedSeconds: 900 }))(1)).toBe(1);
  });

  it('are all agents when nothing varies and there is no time for one more', () => {
    expect([1, 2, 25].map(promisable(terms(290, 0.001)))).toEqual([1, 2, 25]);
  });

  it('are more than the agents where most starts of a window can wait for those who end early', () => {
    const short = terms(60, 1);
    expect(promisable(short)(10)).toBeGreaterThan(40);
    // 29 would be work for all of their time: never caught up with.
    expect(promisable(terms(155.167, 0.2534, { target: 0.8 }))(15)).toBe(28);
  });
});

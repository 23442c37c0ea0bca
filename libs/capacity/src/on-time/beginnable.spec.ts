import { beginnable } from './beginnable.js';

/** Calls of 189 s, a window of five minutes. */
const terms = {
  handle: { meanSeconds: 189, variation: 1 },
  plannedSeconds: 300,
  windowSeconds: 300,
  target: 0.95,
};
const count = beginnable(terms);
const all = (free: number) => ({ free, freed: free, variance: 0 });

describe('what agents can begin in one window', () => {
  it('is a callback each, and as many more as they complete in it for sure', () => {
    // An agent completes 1.5 of them on average, two agents in fewer than one of twenty windows none at all.
    expect([0, 1, 2, 10, 100].map((agents) => count(all(agents)))).toEqual([0, 1, 3, 20, 235]);
  });

  it('is a callback each of those who are free before it closes', () => {
    expect(count({ free: 0, freed: 7, variance: 0 })).toBe(7);
  });

  it('is fewer the less is sure of that, and the higher the target', () => {
    const unsure = { free: 0, freed: 10, variance: 4 };
    expect(count(unsure)).toBe(7);
    expect(beginnable({ ...terms, target: 0.99 })(unsure)).toBe(5);
  });

  it('is nothing of an agent who is free by then with less than the target’s probability', () => {
    const withProbability = (freed: number) => ({ free: 0, freed, variance: freed * (1 - freed) });
    expect([0.5, 0.9, 0.99].map((share) => count(withProbability(share)))).toEqual([0, 0, 1]);
  });
});

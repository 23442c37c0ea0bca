import { delayMs } from './back-off.js';

describe('back-off', () => {
  const backOff = { firstMs: 100, longestMs: 1_000 };

  it('doubles from the first wait to the longest', () => {
    const even = [1, 2, 3, 4, 5, 60].map((attempt) => delayMs(attempt, backOff, () => 0.5));
    expect(even).toEqual([100, 200, 400, 800, 1_000, 1_000]);
  });

  it('spreads each wait by a fifth to either side', () => {
    expect(delayMs(1, backOff, () => 0)).toBeCloseTo(80);
    expect(delayMs(1, backOff, () => 1)).toBeCloseTo(120);
  });
});

import { type HandleTime } from '@handover/contracts';
import { seededRandom } from '@handover/kernel';
import { normalFrom } from '../simulation/normal-from.js';
import { learnHandleTime, steady } from './learn.js';
import { logNormal, meanResidualSeconds, type Spread } from './log-normal.js';
import { mixOf, plannedOnGrid } from './mix.js';

/** Handle times as they come, from a seed. */
function observed(count: number, handle: Spread, seed = 1): number[] {
  const random = seededRandom(seed);
  const { mu, sigma } = logNormal(handle);
  return Array.from({ length: count }, () => Math.round(Math.exp(mu + sigma * normalFrom(random))));
}

describe('a learned handle time', () => {
  it('is the pool’s default before anything was observed', () => {
    expect(learnHandleTime('dispute', [], 360)).toEqual({
      issueType: 'dispute',
      meanSeconds: 360,
      variation: 1,
      observations: 0,
      plannedSeconds: 360,
    });
  });

  it('comes close to the truth after some hundred callbacks', () => {
    const { meanSeconds, variation } = learnHandleTime(
      'dispute',
      observed(256, { meanSeconds: 189, variation: 1.16 }),
      360,
    );
    expect(meanSeconds).toBeGreaterThan(189 * 0.8);
    expect(meanSeconds).toBeLessThan(189 * 1.25);
    expect(variation).toBeGreaterThan(0.9);
    expect(variation).toBeLessThan(1.4);
  });

  it('moves little by a few observations: ten weigh as much as the default', () => {
    const after = (count: number): number =>
      learnHandleTime('x', Array<number>(count).fill(100), 400).meanSeconds;
    expect([1, 10, 100].map(after)).toEqual([373, 250, 127]);
  });

  it('is not moved by outliers at either end: forgotten dispositions, calls hung up at once', () => {
    const calls = observed(190, { meanSeconds: 240, variation: 0.8 });
    const clean = learnHandleTime('x', calls, 360);
    for (const outlier of [0, 86_400]) {
      const dirty = learnHandleTime('x', [...calls, ...Array<number>(6).fill(outlier)], 360);
      expect(Math.abs(dirty.meanSeconds / clean.meanSeconds - 1)).toBeLessThan(0.15);
    }
  });

  it('does not depend on the order of the observations', () => {
    const calls = observed(50, { meanSeconds: 240, variation: 0.8 });
    expect(learnHandleTime('x', calls.toReversed(), 360)).toEqual(learnHandleTime('x', calls, 360));
  });

  it('is planned as its mean, in whole seconds', () => {
    const { meanSeconds, plannedSeconds } = learnHandleTime(
      'x',
      observed(100, { meanSeconds: 300, variation: 1 }),
      360,
    );
    expect(plannedSeconds).toBe(meanSeconds);
  });
});

describe('the time that something still lasts', () => {
  it('is the mean at its begin, and grows with what it has lasted', () => {
    const handle = { meanSeconds: 360, variation: 1 };
    expect(meanResidualSeconds(handle, 0)).toBe(360);
    const ages = [0, 60, 600, 3_600, 36_000, 1e9].map((age) => meanResidualSeconds(handle, age));
    expect(ages.slice(1).every((rest) => rest > 0)).toBe(true);
    expect(ages[3]).toBeGreaterThan(ages[2] ?? Infinity);
  });

  it('agrees with simulation', () => {
    const handle = { meanSeconds: 360, variation: 1 };
    const longer = observed(40_000, handle).filter((seconds) => seconds > 300);
    const rest = longer.reduce((sum, seconds) => sum + seconds - 300, 0) / longer.length;
    expect(Math.abs(meanResidualSeconds(handle, 300) / rest - 1)).toBeLessThan(0.05);
  });
});

describe('callbacks of several kinds taken together', () => {
  it('weigh each kind by its observations; that kinds differ is variation too', () => {
    const kind = (meanSeconds: number, observations: number) => ({
      meanSeconds,
      variation: 0.5,
      observations,
      plannedSeconds: meanSeconds,
    });
    const kinds = [kind(100, 30), kind(700, 10)];
    expect(mixOf(kinds).meanSeconds).toBe(250);
    expect(mixOf(kinds).variation).toBeGreaterThan(1);
    expect(mixOf([kind(100, 30)]).variation).toBeCloseTo(0.5, 12);
    expect(plannedOnGrid(kinds, 300)).toBe((300 * 30 + 900 * 10) / 40);
  });
});

describe('the handle time to go by', () => {
  const learned = (meanSeconds: number, variation: number, observations: number): HandleTime => ({
    issueType: 'dispute',
    meanSeconds,
    variation,
    observations,
    plannedSeconds: meanSeconds,
  });
  const published = { ...learned(200, 1, 90), plannedSeconds: 400 };

  it('is the published one while the difference is noise, planned anew', () => {
    // The standard error of 100 callbacks, the prior's among them, with CV 1: a tenth.
    expect(steady(learned(219, 1, 90), published)).toEqual({ ...published, plannedSeconds: 200 });
    expect(steady(learned(181, 1.09, 90), published)).toEqual({ ...published, plannedSeconds: 200 });
  });

  it.each([
    ['a mean more than a standard error off', learned(221, 1, 90)],
    ['another variation', learned(200, 1.11, 90)],
    ['twice as many observations', learned(201, 1, 180)],
  ])('is what was learned with %s', (_, now) => {
    expect(steady(now, published)).toBe(now);
  });

  it('is what was learned before anything was published', () => {
    expect(steady(published, undefined)).toBe(published);
  });
});

import { diceOf } from './dice.js';
import { percentile } from '@handover/kernel';
import { cast, contextOf } from './script.js';
import { bankMorning } from './trace.js';

describe("the demo's morning", () => {
  const morning = bankMorning();

  it('is the 605 calls of the trace, in order of arrival', () => {
    expect(morning).toHaveLength(605);
    expect(morning.map(({ atMs }) => atMs)).toEqual(
      morning.map(({ atMs }) => atMs).toSorted((a, b) => a - b),
    );
    expect(morning[0]?.atMs).toBeGreaterThanOrEqual(0);
  });

  it('knows a customer by a number or not at all', () => {
    for (const { customerId } of morning) expect(customerId ?? '1').toMatch(/^\d+$/);
  });

  it('is the same play every time, and of every kind', () => {
    expect(morning.map(cast)).toEqual(bankMorning().map(cast));
    const roles = morning.map(cast);
    expect(new Set(roles.map(({ ends }) => ends))).toEqual(
      new Set(['contained', 'handed-over', 'abandoned']),
    );
    expect(new Set(roles.map(({ plan }) => plan)).size).toBe(4);
    expect(new Set(roles.map(({ answers }) => answers)).size).toBe(5);
  });

  it('hands over contexts with gaps, and with a number that steers the simulator', () => {
    const contexts = morning.map((call) => contextOf(cast(call), 0));
    expect(contexts.some(({ personal }) => personal.summary === undefined)).toBe(true);
    for (const { personal } of contexts)
      expect(personal.phoneNumber).toMatch(/^\+4144\d{3}(1000|000[1237])$/);
  });
});

it('dice fall by name alone', () => {
  expect(diceOf('a').share('x')).toBe(diceOf('a').share('x'));
  expect(diceOf('a').share('x')).not.toBe(diceOf('b').share('x'));
});

it('a percentile is the value below which a share of the sample lies', () => {
  expect([percentile([3, 1, 2], 0.5), percentile([1, 2, 3, 4], 1), percentile([], 0.5)]).toEqual([
    2,
    4,
    Number.NaN,
  ]);
});

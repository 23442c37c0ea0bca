import { hourMs, minuteMs, secondMs, seededRandom } from '@handover/kernel';
import { type Caller, luckOf } from './caller.js';
import { type Demand, demandOf, play, staffFor } from './scenario.js';
import { bankWeek, patienceOf } from './trace.js';

const seven = Date.UTC(1999, 1, 7, 7);
const sure = { expecting: 1, otherwise: 1, fadesInMinutes: 1 };

/** Callers all day long, each with calls of so many seconds. */
function aDay(perHour: number, serviceSeconds: number): Demand {
  const random = seededRandom(5);
  const callers = Array.from({ length: 12 * perHour }, (_, index): Caller => ({
    id: `caller-${index}`,
    askedAt: seven + (index * hourMs) / perHour,
    serviceMs: serviceSeconds * secondMs,
    patienceMs: hourMs,
    luck: luckOf(random),
  }));
  return {
    days: [callers],
    meanServiceMs: serviceSeconds * secondMs,
    erlangs: new Array<number>(17).fill(4),
  };
}

describe('exact slots in the simulation', () => {
  it('are kept by the engine’s own mathematics where the agents suffice, and refused where they do not', () => {
    const calm = aDay(24, 240);
    const kept = play('exact', 5, calm, staffFor(calm.erlangs, 1), sure).figures();
    expect(kept).toMatchObject({ callers: 288, refused: 0, notCalled: 0, promiseKept: 100, talked: 100 });
    // The lead time: nobody is promised a call at once.
    expect(kept.delayMinutes).toBeGreaterThan(10);

    const rush = aDay(120, 240);
    const refused = play('exact', 5, rush, staffFor(rush.erlangs, 0.5), sure).figures();
    expect(refused.refused).toBeGreaterThan(20);
    expect(refused.promiseKept).toBeGreaterThan(95);
  });

  it('meet the same callers as the queues do, with the same luck', () => {
    const [one, other] = [1, 2].map(() => demandOf(bankWeek(), 10, false));
    expect(one).toEqual(other);
    expect(one?.days.map((day) => day.length)).toHaveLength(5);
  });
});

describe('patience off the trace', () => {
  const call = (waitSeconds: number, hungUp: boolean) => ({
    date: '',
    atMs: 0,
    waitSeconds,
    hungUp,
    serviceSeconds: 0,
  });

  it('counts those who were served as patient at least so long', () => {
    const patience = patienceOf([call(10, true), call(20, false), call(30, true), call(40, true)]);
    // Of four one leaves at 10; of the two left after the one served, one at 30: ¼, then 1 − ¾ · ½.
    expect([0, 0.24, 0.26, 0.62, 0.63, 0.99].map(patience)).toEqual([10, 10, 30, 30, 40, 40]);
  });

  it('is minutes at the bank', () => {
    const patience = patienceOf(bankWeek());
    expect(patience(0.5)).toBeGreaterThan((2 * minuteMs) / secondMs);
    expect(patience(0.1)).toBeLessThan(patience(0.9));
  });
});

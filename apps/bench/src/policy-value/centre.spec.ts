import fc from 'fast-check';
import { erlangA } from '@handover/capacity';
import { type Random, hourMs, minuteMs, secondMs, seededRandom } from '@handover/kernel';
import { Agenda } from './agenda.js';
import { type Availability, type Caller, luckOf } from './caller.js';
import { Centre, type Fate, type Policy } from './centre.js';
import { vague, virtualHold } from './first-come.js';
import { type Staff, staffOf } from './staff.js';
import { Tally, endings } from './tally.js';

const always: Availability = { expecting: 1, otherwise: 1, fadesInMinutes: 1 };

const aCaller = (given: Partial<Caller> = {}): Caller => ({
  id: `caller-${given.askedAt ?? 0}`,
  askedAt: 0,
  serviceMs: 60 * secondMs,
  patienceMs: 10 * minuteMs,
  luck: [0.5, 0.5, 0.5],
  ...given,
});

interface Run {
  readonly callers: readonly Caller[];
  readonly staff: Staff;
  readonly policy?: Policy;
  readonly availability?: Availability;
  readonly until?: number;
}

function run({ callers, staff, policy = vague, availability = always, until = 24 * hourMs }: Run): Centre {
  const agenda = new Agenda(0);
  const centre = new Centre(agenda, { staff, availability }, policy);
  for (const caller of callers) agenda.at(caller.askedAt, () => centre.ask(caller));
  agenda.playUntil(until);
  return centre;
}

const agents = (count: number, hours = 24): Staff => staffOf(new Array<number>(hours).fill(count), 0);
const only = (centre: Centre): Fate => {
  const [fate] = centre.fates.values();
  if (!fate) throw new Error('nobody called');
  return fate;
};
const exponential = (random: Random, mean: number): number => -Math.log(1 - random.next()) * mean;

describe('a simulated centre', () => {
  it('keeps its callers waiting as Erlang-C says, where they are served in the order of their calls', () => {
    const [perHour, serviceSeconds, n] = [200, 162, 10];
    const random = seededRandom(3);
    let askedAt = 0;
    const callers = Array.from({ length: 60_000 }, (_, index) => {
      askedAt += exponential(random, hourMs / perHour);
      // The telephone rings for six seconds before they talk: the rest of the agent's time is exponential.
      const serviceMs = Math.max(0, exponential(random, serviceSeconds * secondMs) - 6 * secondMs);
      return aCaller({ id: `caller-${index}`, askedAt, serviceMs });
    });
    const hours = Math.ceil(askedAt / hourMs) + 2;
    const centre = run({ callers, staff: agents(n, hours), until: hours * hourMs });
    const waits = [...centre.fates.values()].map(
      ({ firstDialAt = NaN, caller }) => (firstDialAt - caller.askedAt) / secondMs,
    );
    const mean = waits.reduce((sum, wait) => sum + wait, 0) / waits.length;
    const delayed = waits.filter((wait) => wait > 0).length / waits.length;
    const load = { callsPerHour: perHour, handleSeconds: serviceSeconds, patienceSeconds: 1e12 };
    const expected = erlangA(load, n);
    expect(delayed).toBeGreaterThan(expected.wait * 0.93);
    expect(delayed).toBeLessThan(expected.wait * 1.07);
    expect(mean).toBeGreaterThan(expected.meanWaitSeconds * 0.85);
    expect(mean).toBeLessThan(expected.meanWaitSeconds * 1.15);
  });

  const someCallers = fc
    .array(
      fc.record({
        askedAt: fc.integer({ min: 0, max: 5 * hourMs }),
        serviceMs: fc.integer({ min: 1, max: 20 * minuteMs }),
        patienceMs: fc.integer({ min: 1, max: hourMs }),
        seed: fc.nat(),
      }),
      { maxLength: 60 },
    )
    .map((all) =>
      all.map(({ seed, ...given }, index) =>
        aCaller({ ...given, id: `caller-${index}`, luck: luckOf(seededRandom(seed)) }),
      ),
    );
  const needed = fc
    .array(fc.nat(4), { minLength: 6, maxLength: 6 })
    .filter((counts) => Math.max(...counts) > 0);
  const moody: Availability = { expecting: 0.9, otherwise: 0.3, fadesInMinutes: 10 };

  it('has every caller end in exactly one way, and no agent in two calls or at work unpaid', () => {
    fc.assert(
      fc.property(someCallers, needed, fc.boolean(), (callers, counts, told) => {
        const staff = staffOf(counts, 0);
        const policy = told ? virtualHold(5 * minuteMs) : vague;
        const centre = run({ callers, staff, policy, availability: moody, until: 6 * hourMs });
        const tally = new Tally();
        tally.add(centre.fates.values(), centre.busyMs, 1);
        expect(endings.reduce((sum, ending) => sum + tally.ends[ending], 0)).toBe(callers.length);
        expect(centre.busy.size).toBeLessThanOrEqual(staff.length);
        for (const { firstDialAt, talkedAt, caller, dials } of centre.fates.values()) {
          expect(firstDialAt ?? Infinity).toBeGreaterThanOrEqual(caller.askedAt);
          expect(talkedAt === undefined || firstDialAt !== undefined).toBe(true);
          expect(dials).toBeLessThanOrEqual(3);
          if (firstDialAt !== undefined) expect(counts[Math.floor(firstDialAt / hourMs)]).toBeGreaterThan(0);
        }
      }),
    );
  });

  it('dials in the order of the calls for the first time, whatever is told', () => {
    fc.assert(
      fc.property(someCallers, needed, (callers, counts) => {
        const played = [vague, virtualHold(5 * minuteMs)].map((policy) =>
          [...run({ callers, staff: staffOf(counts, 0), policy }).fates.values()]
            .filter(({ firstDialAt }) => firstDialAt !== undefined)
            .sort((a, b) => (a.firstDialAt ?? 0) - (b.firstDialAt ?? 0)),
        );
        for (const fates of played)
          for (const [index, { caller }] of fates.entries())
            expect(caller.askedAt).toBeGreaterThanOrEqual(fates[index - 1]?.caller.askedAt ?? 0);
      }),
    );
  });

  it('tries somebody who does not answer three times: after two minutes, and half an hour later', () => {
    const deaf = aCaller({ luck: [0.99, 0.99, 0.99] });
    const nobody = { expecting: 0.5, otherwise: 0.5, fadesInMinutes: 1 };
    const fate = only(run({ callers: [deaf], staff: agents(1), availability: nobody }));
    expect(fate).toMatchObject({ dials: 3, talkedAt: undefined, firstDialAt: 0 });
    const third = aCaller({ luck: [0.99, 0.99, 0.1] });
    const heard = only(run({ callers: [third], staff: agents(1), availability: nobody }));
    // Thirty seconds each of ringing in vain, the two pauses, six seconds until somebody answers.
    expect(heard.talkedAt).toBe((30 + 120 + 30 + 1_800 + 6) * secondMs);
  });

  it('has a caller call again once patience is over, who was told no moment and whom nobody calls', () => {
    const hour = [0, 0, 0, 1];
    const fate = only(run({ callers: [aCaller({ patienceMs: 7 * minuteMs })], staff: staffOf(hour, 0) }));
    expect(fate).toMatchObject({ calledAgainAt: 7 * minuteMs, firstDialAt: 3 * hourMs });
    const told = virtualHold(10 * minuteMs);
    const patient = only(run({ callers: [aCaller()], staff: staffOf(hour, 0), policy: told }));
    // Told ten minutes, give or take five; five more before the caller calls.
    expect(patient.calledAgainAt).toBe(20 * minuteMs);
  });
});

import fc from 'fast-check';
import { agentsFor, erlangA, type InboundTraffic } from './erlang-a.js';

const traffic = (callsPerHour: number, handleSeconds: number, patienceSeconds: number): InboundTraffic => ({
  callsPerHour,
  handleSeconds,
  patienceSeconds,
});

const anyTraffic = fc.record({
  callsPerHour: fc.double({ min: 1, max: 20_000, noNaN: true }),
  handleSeconds: fc.double({ min: 10, max: 1_800, noNaN: true }),
  patienceSeconds: fc.double({ min: 5, max: 3_600, noNaN: true }),
});

describe('Erlang-A', () => {
  it.each([
    [traffic(600, 300, 180), 50, 0.457965, 0.063447, 11.4204],
    [traffic(2_880, 60, 120), 50, 0.467774, 0.030912, 3.7095],
  ])('gives the published values: %o with %i agents', (load, agents, wait, abandon, meanWaitSeconds) => {
    const service = erlangA(load, agents);
    expect(service.wait).toBeCloseTo(wait, 6);
    expect(service.abandon).toBeCloseTo(abandon, 6);
    expect(service.meanWaitSeconds).toBeCloseTo(meanWaitSeconds, 4);
  });

  it('is Erlang-B for callers without patience', () => {
    const [offered, agents] = [20, 22];
    let blocked = 1;
    for (let n = 1; n <= agents; n += 1) blocked = (offered * blocked) / (n + offered * blocked);
    expect(erlangA(traffic(offered * 20, 180, 1e-7), agents).wait).toBeCloseTo(blocked, 8);
  });

  it('is Erlang-C for callers of endless patience', () => {
    const [offered, agents] = [45, 50];
    let blocked = 1;
    for (let n = 1; n <= agents; n += 1) blocked = (offered * blocked) / (n + offered * blocked);
    const delayed = blocked / (1 - (offered / agents) * (1 - blocked));
    expect(erlangA(traffic(offered * 20, 180, 1e12), agents).wait).toBeCloseTo(delayed, 6);
  });

  it('keeps the balance of calls, whatever the load: those who stay are what the agents can serve', () => {
    fc.assert(
      fc.property(anyTraffic, fc.integer({ min: 1, max: 5_000 }), (load, agents) => {
        const { wait, abandon, meanWaitSeconds } = erlangA(load, agents);
        const busy = ((1 - abandon) * load.callsPerHour * load.handleSeconds) / 3_600;
        expect(busy).toBeLessThanOrEqual(agents * (1 + 1e-9));
        for (const share of [wait, abandon]) expect(share).toBeGreaterThanOrEqual(0);
        expect(wait).toBeLessThanOrEqual(1 + 1e-12);
        expect(abandon).toBeLessThanOrEqual(wait + 1e-12);
        expect(meanWaitSeconds).toBeLessThanOrEqual(load.patienceSeconds);
      }),
    );
  });

  it('answers for thousands of agents, near the limit 1/(1 + √(θ/μ)) of a load of one call an agent', () => {
    const { wait } = erlangA(traffic(60_000, 300, 120), 5_000);
    expect(wait).toBeCloseTo(1 / (1 + Math.sqrt(300 / 120)), 2);
    expect(erlangA(traffic(60_000, 300, 120), 20_000).wait).toBe(0);
    expect(erlangA(traffic(600_000, 300, 120), 100).wait).toBeCloseTo(1, 12);
  });
});

describe('agents for inbound', () => {
  it('are the fewest that keep the target', () => {
    fc.assert(
      fc.property(anyTraffic, fc.double({ min: 0.05, max: 0.99, noNaN: true }), (load, target) => {
        const agents = agentsFor(load, target);
        expect(erlangA(load, agents).wait).toBeLessThanOrEqual(1 - target);
        if (agents > 1) expect(erlangA(load, agents - 1).wait).toBeGreaterThan(1 - target);
      }),
      { numRuns: 50 },
    );
  });

  it('are none without calls, and none without a target', () => {
    expect(agentsFor(traffic(0, 300, 180), 0.8)).toBe(0);
    expect(agentsFor(traffic(600, 300, 180), 0)).toBe(0);
  });
});

import { performance } from 'node:perf_hooks';
import { aCentre, Caller, startFleet, startStandalone, type Centre, type System } from '@handover/app-e2e';
import { startKafka } from '@handover/platform/testing';
import { percentile } from '@handover/kernel';

export interface OfferLatencyOptions {
  /** Requests a second, open loop: a slow answer delays no other request. Default 50. */
  readonly rate?: number;
  /** Measured seconds, after 3 that warm up. Default 10. */
  readonly seconds?: number;
  readonly on?: readonly ('embedded' | 'kafka')[];
}

/** From the HTTP request for a handover to its offers, in milliseconds of wall time. */
export interface OfferLatency {
  readonly bus: 'embedded' | 'kafka';
  readonly requestsPerSecond: number;
  readonly requests: number;
  readonly withOffers: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

const warmUpSeconds = 3;
const pools = 4;

async function openSystem(bus: 'embedded' | 'kafka'): Promise<{ system: System; stop: () => Promise<void> }> {
  if (bus === 'embedded') {
    const system = await startStandalone(1);
    return { system, stop: () => system.stop() };
  }
  const broker = await startKafka();
  const system = await startFleet(1, broker.brokers);
  return {
    system,
    stop: async () => {
      await system.stop();
      await broker.stop();
    },
  };
}

async function load(
  system: System,
  centres: readonly Centre[],
  rate: number,
  seconds: number,
): Promise<Omit<OfferLatency, 'bus'>> {
  const tookMs: number[] = [];
  let withOffers = 0;
  const one = async (centre: Centre): Promise<void> => {
    const caller = new Caller(system, centre);
    const context = caller.context();
    const began = performance.now();
    const answer = await caller.post(context);
    tookMs.push(performance.now() - began);
    if (answer.body.offers?.length) withOffers += 1;
    await system.call('POST', `/v1/handovers/${answer.body.handoverId}/decline`, { body: {} });
  };
  const asked: Promise<void>[] = [];
  const total = rate * seconds;
  const began = performance.now();
  for (let index = 0; index < total; index += 1) {
    const dueMs = (index * 1000) / rate - (performance.now() - began);
    if (dueMs > 0) await new Promise((resolve) => setTimeout(resolve, dueMs));
    const centre = centres[index % centres.length];
    if (centre) asked.push(one(centre));
  }
  await Promise.all(asked);
  return {
    requestsPerSecond: rate,
    requests: total,
    withOffers,
    p50Ms: percentile(tookMs, 0.5),
    p95Ms: percentile(tookMs, 0.95),
    p99Ms: percentile(tookMs, 0.99),
    maxMs: Math.max(...tookMs),
  };
}

/** p50, p95 and p99 from request to offers through all five services, on the embedded bus and on Kafka. */
export async function benchOfferLatency(options: OfferLatencyOptions = {}): Promise<OfferLatency[]> {
  const { rate = 50, seconds = 10, on = ['embedded', 'kafka'] } = options;
  const figures: OfferLatency[] = [];
  for (const bus of on) {
    const { system, stop } = await openSystem(bus);
    try {
      const centres: Centre[] = [];
      for (let index = 0; index < pools; index += 1) centres.push(await aCentre(system, { agents: 40 }));
      await load(system, centres, rate, warmUpSeconds);
      figures.push({ bus, ...(await load(system, centres, rate, seconds)) });
    } finally {
      await stop();
    }
  }
  return figures;
}

import { performance } from 'node:perf_hooks';
import { aCentre, Caller, type Centre, type System } from '@handover/app-e2e';
import { percentile } from '@handover/kernel';
import { openLoop } from './open-loop.js';
import { type BusName, openSystem } from './open-system.js';

export interface OfferLatencyOptions {
  /** Requests a second, open loop: a slow answer delays no other request. Default 50. */
  readonly rate?: number;
  /** Measured seconds, after 3 that warm up. Default 10. */
  readonly seconds?: number;
  readonly on?: readonly BusName[];
}

/** From the HTTP request for a handover to its offers, in milliseconds of wall time. */
export interface OfferLatency {
  readonly bus: BusName;
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
  const asked = await openLoop(rate, seconds, async (index) => {
    const centre = centres[index % centres.length];
    if (centre) await one(centre);
  });
  return {
    requestsPerSecond: rate,
    requests: asked.length,
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
    const { system, stop } = await openSystem(bus, 1);
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

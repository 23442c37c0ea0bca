import { once } from 'node:events';
import { randomUUID } from 'node:crypto';
import {
  type Bus,
  type BusMessage,
  type CloudEvent,
  fromBusMessage,
  kafkaBus,
  toBusMessage,
} from '@handover/platform';
import { startKafka } from '@handover/platform/testing';
import { BareKafka } from './bare-kafka.js';
import { type Figures, median, timed } from './bench.js';
import { sampleEvent } from './sample-events.js';

const partitions = 12;
/** As many as the relay publishes at a time. */
const callSize = 500;

function cloudEvent(number: number): CloudEvent {
  const { event, revision } = sampleEvent(number);
  const { correlationId, causationId, recordedAt } = event.metadata;
  return {
    id: event.id,
    source: '/handover/intake',
    type: event.type,
    time: recordedAt,
    subject: correlationId,
    extensions: { correlationid: correlationId, causationid: causationId, sequence: String(revision) },
    data: event.data,
  };
}

function* calls<Item>(items: readonly Item[]): Iterable<readonly Item[]> {
  for (let first = 0; first < items.length; first += callSize) yield items.slice(first, first + callSize);
}

/** Seconds from the first to the last of the different messages. */
class Arrivals {
  private readonly seen = new Set<string>();
  private first = 0;
  private readonly target = new EventTarget();
  constructor(private readonly count: number) {}

  readonly note = (_data: unknown, id: string): void => {
    if (this.seen.size === 0) this.first = performance.now();
    this.seen.add(id);
    if (this.seen.size === this.count) this.target.dispatchEvent(new Event('all'));
  };

  async seconds(): Promise<number> {
    if (this.seen.size < this.count) await once(this.target, 'all');
    return (performance.now() - this.first) / 1_000;
  }
}

async function produce(bus: Bus, topic: string, events: readonly CloudEvent[]): Promise<number> {
  const { seconds } = await timed(async () => {
    for (const some of calls(events))
      await bus.publish(some.map((event) => toBusMessage(event, { topic, key: event.subject ?? event.id })));
  });
  return events.length / seconds;
}

async function produceBare(bare: BareKafka, topic: string, messages: readonly BusMessage[]): Promise<number> {
  const records = messages.map(({ key, value, headers }) => ({ key, value, headers }));
  const { seconds } = await timed(async () => {
    for (const some of calls(records)) await bare.publish(topic, [...some]);
  });
  return messages.length / seconds;
}

async function consume(bus: Bus, topic: string, count: number): Promise<number> {
  const arrivals = new Arrivals(count);
  const consumer = bus.subscribe({
    group: `bench-${randomUUID()}`,
    topics: [topic],
    handler: async (message) => {
      const { data, id } = fromBusMessage(message);
      arrivals.note(data, id);
    },
  });
  const seconds = await arrivals.seconds();
  await consumer.stop();
  return count / seconds;
}

async function consumeBare(bare: BareKafka, topic: string, count: number): Promise<number> {
  const arrivals = new Arrivals(count);
  await bare.consume(topic, `bare-${randomUUID()}`, arrivals.note);
  return count / (await arrivals.seconds());
}

const figures = (path: string, bare: readonly number[], ours: readonly number[]): Figures => ({
  path,
  barePerSecond: Math.round(median(bare)),
  busPerSecond: Math.round(median(ours)),
  ratio: Number(median(ours.map((speed, round) => speed / (bare[round] ?? Number.NaN))).toFixed(2)),
});

async function compare(brokers: readonly string[], count: number, rounds: number): Promise<Figures[]> {
  const events = Array.from({ length: count }, (_, number) => cloudEvent(number));
  const produced = { bare: [] as number[], bus: [] as number[] };
  const consumed = { bare: [] as number[], bus: [] as number[] };
  // The first round warms everything up and is not counted.
  for (let round = 0; round <= rounds; round += 1) {
    const [bare, bus] = [new BareKafka(brokers), kafkaBus({ brokers, clientId: 'bench' })];
    const topic = `bench.${randomUUID()}`;
    const bareTopic = `${topic}.bare`;
    await bus.applyTopics([topic, bareTopic].map((name) => ({ name, partitions })));
    const messages = events.map((event) => toBusMessage(event, { topic, key: event.subject ?? event.id }));
    const speeds = [
      await produceBare(bare, bareTopic, messages),
      await produce(bus, topic, events),
      await consumeBare(bare, bareTopic, count),
      await consume(bus, topic, count),
    ] as const;
    await Promise.all([bare.close(), bus.close()]);
    if (round === 0) continue;
    produced.bare.push(speeds[0]);
    produced.bus.push(speeds[1]);
    consumed.bare.push(speeds[2]);
    consumed.bus.push(speeds[3]);
  }
  return [figures('produce', produced.bare, produced.bus), figures('consume', consumed.bare, consumed.bus)];
}

/** Each path's median over the rounds, after one round to warm up. */
export async function benchBus({
  events = 0,
  rounds = 1,
}: Readonly<Record<string, number>>): Promise<Figures[]> {
  const kafka = await startKafka();
  try {
    return await compare(kafka.brokers.split(','), events, rounds);
  } finally {
    await kafka.stop();
  }
}

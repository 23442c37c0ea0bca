import { once } from 'node:events';
import { percentile } from '@handover/kernel';
import { randomUUID } from 'node:crypto';
import { setTimeout as after } from 'node:timers/promises';
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
const latencySeconds = 11;

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

/** Speed by the wall clock, and processor time, which a busy machine does not stretch. */
interface Measured {
  readonly perSecond: number;
  readonly cpuMicros: number;
}

/** @param work resolves with the seconds that it took */
async function measured(count: number, work: () => Promise<number>): Promise<Measured> {
  const before = process.cpuUsage();
  const seconds = await work();
  const { user, system } = process.cpuUsage(before);
  return { perSecond: count / seconds, cpuMicros: (user + system) / count };
}

const produce = (bus: Bus, topic: string, events: readonly CloudEvent[]): Promise<Measured> =>
  measured(events.length, async () => {
    const { seconds } = await timed(async () => {
      for (const some of calls(events))
        await bus.publish(
          some.map((event) => toBusMessage(event, { topic, key: event.subject ?? event.id })),
        );
    });
    return seconds;
  });

const produceBare = (bare: BareKafka, topic: string, messages: readonly BusMessage[]): Promise<Measured> =>
  measured(messages.length, async () => {
    const { seconds } = await timed(async () => {
      for (const some of calls(messages))
        await bare.publish(
          topic,
          some.map(({ key, value, headers }) => ({ key, value, headers })),
        );
    });
    return seconds;
  });

const consume = (bus: Bus, topic: string, count: number): Promise<Measured> =>
  measured(count, async () => {
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
    return seconds;
  });

const consumeBare = (bare: BareKafka, topic: string, count: number): Promise<Measured> =>
  measured(count, async () => {
    const arrivals = new Arrivals(count);
    await bare.consume(topic, `bare-${randomUUID()}`, arrivals.note);
    return arrivals.seconds();
  });

interface Round {
  readonly bare: Measured;
  readonly bus: Measured;
}

function figures(path: string, rounds: readonly Round[]): Figures {
  const of = (value: (round: Round) => number, digits = 0): number =>
    Number(median(rounds.map(value)).toFixed(digits));
  return {
    path,
    barePerSecond: of(({ bare }) => bare.perSecond),
    busPerSecond: of(({ bus }) => bus.perSecond),
    ratio: of(({ bare, bus }) => bus.perSecond / bare.perSecond, 2),
    bareCpuMicros: of(({ bare }) => bare.cpuMicros, 1),
    busCpuMicros: of(({ bus }) => bus.cpuMicros, 1),
    cpuRatio: of(({ bare, bus }) => bare.cpuMicros / bus.cpuMicros, 2),
  };
}

async function compare(brokers: readonly string[], count: number, rounds: number): Promise<Figures[]> {
  const events = Array.from({ length: count }, (_, number) => cloudEvent(number));
  const produced: Round[] = [];
  const consumed: Round[] = [];
  // The first round warms everything up and is not counted.
  for (let round = 0; round <= rounds; round += 1) {
    const [bare, bus] = [new BareKafka(brokers), kafkaBus({ brokers, clientId: 'bench' })];
    const topic = `bench.${randomUUID()}`;
    const bareTopic = `${topic}.bare`;
    await bus.applyTopics([topic, bareTopic].map((name) => ({ name, partitions })));
    const messages = events.map((event) => toBusMessage(event, { topic, key: event.subject ?? event.id }));
    const paths = {
      produced: {
        bare: await produceBare(bare, bareTopic, messages),
        bus: await produce(bus, topic, events),
      },
      consumed: { bare: await consumeBare(bare, bareTopic, count), bus: await consume(bus, topic, count) },
    };
    await Promise.all([bare.close(), bus.close()]);
    if (round === 0) continue;
    produced.push(paths.produced);
    consumed.push(paths.consumed);
  }
  return [figures('produce', produced), figures('consume', consumed)];
}

/** From `publish` to the handler at 50 messages/s, all to one partition: what each hop of an offer takes. */
async function latency(brokers: readonly string[], seconds: number): Promise<Figures> {
  const bus = kafkaBus({ brokers, clientId: 'bench' });
  const topic = `bench.${randomUUID()}`;
  await bus.applyTopics([{ name: topic, partitions }]);
  const tookMs: number[] = [];
  const handler = async ({ headers }: BusMessage): Promise<void> => {
    tookMs.push(performance.now() - Number(headers['sent']));
  };
  await bus.subscribe({ group: topic, topics: [topic], handler }).ready;
  for (let sent = 0; sent < seconds * 50; sent += 1) {
    const headers = { sent: String(performance.now()) };
    void bus.publish([{ topic, key: 'pool', value: Buffer.alloc(700), headers }]);
    await after(20);
  }
  await bus.close();
  // The first second warms up.
  const ms = (share: number): number => Number(percentile(tookMs.slice(50), share).toFixed(1));
  return { path: 'publish to handler', p50Ms: ms(0.5), p95Ms: ms(0.95), p99Ms: ms(0.99) };
}

/** Each path's median over the rounds, after one round to warm up. */
export async function benchBus({
  events = 0,
  rounds = 1,
}: Readonly<Record<string, number>>): Promise<Figures[]> {
  const kafka = await startKafka();
  try {
    const brokers = kafka.brokers.split(',');
    return [...(await compare(brokers, events, rounds)), await latency(brokers, latencySeconds)];
  } finally {
    await kafka.stop();
  }
}

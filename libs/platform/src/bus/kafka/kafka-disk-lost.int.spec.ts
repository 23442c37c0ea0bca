import { jest } from '@jest/globals';
import { Kafka, logLevel } from 'kafkajs';
import { until } from '../../event-store/testing/until.js';
import { describeWith } from '../../testing/describe-with.js';
import { startKafkaProcess } from '../../testing/kafka-broker.js';
import { listParked } from '../dead-letters/operations.js';
import { MessageFault } from '../faults.js';
import { type Bus, type BusConsumer, type BusMessage, type SubscribeBusOptions } from '../port.js';
import { kafkaBus } from './kafka-bus.js';

jest.setTimeout(240_000);

await describeWith('the Kafka bus, when the broker lost its disk', startKafkaProcess, (broker) => {
  const address = `127.0.0.1:${broker.port}`;
  const buses: Bus[] = [];
  const handled: string[] = [];
  let topic: string;
  /** Always empty; whoever reads it too waits until it exists. */
  let gate: string;
  let group: string;
  let tests = 0;

  const aBus = (): Bus => {
    const bus = kafkaBus({ brokers: [address], clientId: 'disk-lost', sessionTimeoutMs: 3_000 });
    buses.push(bus);
    return bus;
  };
  /** Values that begin with "bad" are at fault. */
  const read = async (options: Partial<SubscribeBusOptions> = {}): Promise<BusConsumer> => {
    const consumer = aBus().subscribe({
      group,
      topics: [topic, gate],
      handler: async ({ value }) => {
        if (String(value).startsWith('bad')) throw new MessageFault('at fault');
        handled.push(String(value));
      },
      ...options,
    });
    await consumer.ready;
    return consumer;
  };
  const deleteTopic = async (name: string): Promise<void> => {
    const admin = new Kafka({ brokers: [address], logLevel: logLevel.NOTHING }).admin();
    await admin.connect();
    await admin.deleteTopics({ topics: [name] });
    await admin.disconnect();
  };
  const messages = (...values: readonly string[]): BusMessage[] =>
    values.map((value) => ({ topic, key: 'zoe', value: Buffer.from(value), headers: {} }));
  const named = (name: string, count: number): string[] =>
    Array.from({ length: count }, (_, number) => `${name}-${number}`);

  /** The disk is lost; the topic is made again and has messages before any consumer is back: the gate keeps it away. */
  const loseDisk = async (values: readonly string[], clusterId?: string): Promise<void> => {
    await broker.loseDisk(clusterId);
    await broker.start();
    const bus = aBus();
    await bus.applyTopics([{ name: topic, partitions: 3 }]);
    await bus.publish(messages(...values));
    await bus.applyTopics([{ name: gate, partitions: 1 }]);
  };
  const hasHandled = (values: readonly string[]) =>
    until(() => values.every((value) => handled.includes(value)));

  beforeEach(async () => {
    tests += 1;
    topic = `lost.${tests}.v1`;
    gate = `lost.${tests}.gate.v1`;
    group = `lost-${tests}`;
    handled.length = 0;
    await aBus().applyTopics([
      { name: topic, partitions: 3 },
      { name: gate, partitions: 1 },
    ]);
  });
  afterEach(async () => {
    await Promise.all(buses.splice(0).map((bus) => bus.close()));
  });

  const committed = async (): Promise<number> => {
    const offsets = await aBus().offsets(topic, group);
    return offsets.reduce((sum, { committed: place = '0' }) => sum + Number(place), 0);
  };

  it.each<[string, Partial<SubscribeBusOptions>]>([
    ['a member of a group', {}],
    ['a group that began at the end', { from: 'end' }],
    ['a consumer that keeps nothing', { ephemeral: true }],
  ])('%s reads the new log from its begin, though it is longer than the old one was', async (_, options) => {
    await read(options);
    await aBus().publish(messages(...named('old', 5)));
    await hasHandled(named('old', 5));
    if (!options.ephemeral) await until(async () => (await committed()) === 5);

    await loseDisk(named('new', 7));

    await hasHandled(named('new', 7));
    // In their order, repeats left out.
    expect([...new Set(handled)]).toEqual([...named('old', 5), ...named('new', 7)]);
  });

  it('sees a new log also by its lost offsets, where every cluster gets the same id', async () => {
    const consumer = await read();
    await aBus().publish(messages(...named('old', 4), 'bad-old'));
    await until(() => consumer.status().parkedKeys === 1);
    await until(async () => (await committed()) === 5);

    await loseDisk(named('new', 7), broker.id);

    await hasHandled(named('new', 7));
    expect(consumer.status().parkedKeys).toBe(0);
  });

  it('parks again: the lost letters hold nothing up, and their topic is made anew', async () => {
    const consumer = await read();
    await aBus().publish(messages('old-0', 'bad-old'));
    await until(() => consumer.status().parkedKeys === 1);
    await until(async () => (await committed()) === 2);

    await loseDisk(['new-0', 'new-1', 'bad-new', 'new-2']);

    await hasHandled(['new-0', 'new-1']);
    await until(() => consumer.status().deadLettered === 3);
    expect(handled).not.toContain('new-2');
    const parked = await listParked(aBus(), { topic, group });
    expect(parked.map(({ key, letters }) => [key, letters.size])).toEqual([['zoe', 2]]);
    expect(consumer.status()).toMatchObject({ parkedKeys: 1, retrying: 0 });
  });

  it('counts no parked keys of letters that are lost', async () => {
    const consumer = await read();
    await aBus().publish(messages('bad-old'));
    await until(() => consumer.status().parkedKeys === 1);

    await loseDisk(['new-0']);

    await hasHandled(['new-0']);
    expect(consumer.status().parkedKeys).toBe(0);
  });

  it('makes a dead-letter topic again that someone deleted', async () => {
    const consumer = await read();
    await aBus().publish(messages('bad-old'));
    await until(() => consumer.status().parkedKeys === 1);

    await deleteTopic(`${topic}.${group}.dlq`);
    await aBus().publish(messages('bad-new', 'new-0'));

    await until(async () => {
      const [parked] = await listParked(aBus(), { topic, group });
      return parked?.letters.size === 2;
    });
    await until(() => consumer.status().retrying === 0);
    expect(consumer.status()).toMatchObject({ parkedKeys: 1, deadLettered: 3 });
  });
});

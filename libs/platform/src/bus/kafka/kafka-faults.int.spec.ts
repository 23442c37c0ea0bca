import { jest } from '@jest/globals';
import { until } from '../../event-store/testing/until.js';
import { describeWith } from '../../testing/describe-with.js';
import { startKafkaProcess } from '../../testing/kafka-broker.js';
import { BusUnavailable } from '../faults.js';
import { type Bus, type BusMessage, type SubscribeBusOptions } from '../port.js';
import { allOf, Journal, numbered, startMember } from '../testing/journal.js';
import { kafkaBus } from './kafka-bus.js';

jest.setTimeout(240_000);

const sessionTimeoutMs = 3_000;
const keys = Array.from({ length: 20 }, (_, index) => `key-${index}`);

/** As the relay does: what was not acknowledged is published again before anything later. */
async function insist(bus: Bus, messages: readonly BusMessage[]): Promise<void> {
  for (;;) {
    try {
      return await bus.publish(messages);
    } catch (error) {
      if (!(error instanceof BusUnavailable)) throw error;
    }
  }
}

await describeWith('the Kafka bus, when things break', startKafkaProcess, (broker) => {
  const url = `127.0.0.1:${broker.port}`;
  const buses: Bus[] = [];
  let journal: Journal;
  let topic: string;
  let group: string;
  let tests = 0;

  const aBus = (): Bus => {
    const bus = kafkaBus({ brokers: [url], clientId: 'faults', sessionTimeoutMs });
    buses.push(bus);
    return bus;
  };
  const read = (bus: Bus, options: Partial<SubscribeBusOptions> = {}) =>
    bus.subscribe({ group, topics: [topic], handler: async (message) => journal.note(message), ...options });

  beforeEach(async () => {
    tests += 1;
    topic = `faults.${tests}.v1`;
    group = `faults-${tests}`;
    journal = new Journal();
    await aBus().applyTopics([{ name: topic, partitions: 6 }]);
  });
  afterEach(async () => {
    await Promise.all(buses.splice(0).map((bus) => bus.close()));
  });

  it('gives the work of a member that was killed to the others', async () => {
    const member = startMember(journal, { url: `kafka://${url}`, topic, group, eachMs: 5 });
    await member.ready;
    const other = read(aBus());
    await other.ready;
    const publishing = insist(aBus(), numbered(topic, keys, 50));
    await until(() => journal.entries > 100);
    await member.kill();
    await publishing;
    await until(() => journal.different === keys.length * 50);
    expect(journal.effects()).toEqual(allOf(keys, 50));
  });

  it('lets a handler take longer than the session timeout: no second delivery, no one else waits', async () => {
    const begun = Date.now();
    let deliveries = 0;
    const reader = read(aBus(), {
      handler: async (message) => {
        if (message.key === 'slow') {
          deliveries += 1;
          await until(() => Date.now() - begun > 2 * sessionTimeoutMs);
        }
        journal.note(message);
      },
    });
    await reader.ready;
    const bus = aBus();
    await bus.publish(numbered(topic, ['slow', ...keys], 1));
    await until(() => journal.different === keys.length);
    await bus.publish([{ topic, key: 'slow', value: Buffer.from('1'), headers: {} }]);
    await until(() => journal.different === keys.length + 2);
    expect(journal.effects()['slow']).toEqual([0, 1]);
    expect(deliveries).toBe(2);
  });

  it('survives kill -9 of the broker with a producer and consumers in flight', async () => {
    const consumer = read(aBus());
    await consumer.ready;
    const producer = aBus();
    const messages = numbered(topic, keys, 150);
    let acknowledged = 0;
    const publishing = (async () => {
      for (; acknowledged < messages.length; acknowledged += 30)
        await insist(producer, messages.slice(acknowledged, acknowledged + 30));
    })();
    for (const least of [300, 1_500]) {
      await until(() => acknowledged >= least);
      await broker.kill();
      await until(() => !consumer.healthy());
      await broker.start();
      await until(() => consumer.healthy());
    }
    await publishing;
    await until(() => journal.different === messages.length);
    expect(journal.effects()).toEqual(allOf(keys, 150));
  });

  it('may be started before its broker: publish says so, a consumer waits', async () => {
    await broker.kill();
    const bus = aBus();
    const reader = read(bus);
    await expect(bus.publish(numbered(topic, ['k'], 1))).rejects.toThrow(BusUnavailable);
    await broker.start();
    await reader.ready;
    await insist(bus, numbered(topic, ['k'], 1));
    await until(() => journal.different === 1);
  });
});

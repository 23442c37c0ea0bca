import { topics } from '@handover/contracts';
import { type Bus, type BusMessage, MessageFault, openBus } from '@handover/platform';
import { until } from '@handover/platform/testing';
import { type Logged } from './log.js';
import { parked } from './parked.js';
import { comparePublished } from './published.js';
import { keptPromises } from './testing/kept-promises.js';

const topicOf: Readonly<Record<string, string>> = {
  handover: topics.handoverEvents,
  slotbook: topics.appointmentEvents,
  callback: topics.callbackEvents,
  survey: topics.surveyEvents,
};

/** As a relay publishes it; nothing for what is stored only. */
const messageOf = ({ stream, id, type, data }: Logged): BusMessage[] => {
  const topic = topicOf[stream.split('-', 1)[0] ?? ''];
  const key = 'handoverId' in data ? data.handoverId : '';
  return topic ? [{ topic, key, value: Buffer.from('{}'), headers: { ce_id: id, ce_type: type } }] : [];
};

const log = keptPromises();
const messages = log.flatMap(messageOf);
const shortMs = 100;
let bus: Bus;

beforeEach(async () => {
  bus = openBus('embedded:memory', { dataDirectory: '.', clientId: 'spec' });
  await bus.applyTopics(Object.values(topicOf).map((name) => ({ name, partitions: 3 })));
});
afterEach(() => bus.close());

describe('what was published', () => {
  it('is found whole and in order, repeats or not', async () => {
    await bus.publish(messages);
    await bus.publish(messages.slice(3));
    const found = await comparePublished(bus, log, shortMs);
    expect(found).toEqual({ messages: messages.length * 2 - 3, missing: [], reordered: [] });
  });

  it('is found missing, each message by its event', async () => {
    await bus.publish(messages.toSpliced(4, 1));
    const { missing, reordered } = await comparePublished(bus, log, shortMs);
    expect(missing).toEqual([
      `Stored, but not published: ${messages[4]?.headers['ce_type']} ${messages[4]?.headers['ce_id']}`,
    ]);
    expect(reordered).toEqual([]);
  });

  it('is found out of order within a key, though later in order too', async () => {
    const swapped = messages.findIndex(({ headers }) => headers['ce_type'] === 'OfferReleased');
    const overtaking = messages.slice(swapped, swapped + 1);
    const confirmed = messages.findIndex(({ headers }) => headers['ce_type'] === 'AppointmentConfirmed');
    await bus.publish(messages.toSpliced(confirmed, 0, ...overtaking));
    const { missing, reordered } = await comparePublished(bus, log, shortMs);
    expect(missing).toEqual([]);
    expect(reordered).toEqual([expect.stringContaining('AppointmentConfirmed')]);
  });
});

describe('what was put aside', () => {
  it('is found by topic, group and key; without it nothing is', async () => {
    let refused = 0;
    const consumer = bus.subscribe({
      group: 'readers',
      topics: [topics.handoverEvents],
      handler: async ({ key }) => {
        if (key !== 'handover-second') return;
        refused += 1;
        throw new MessageFault('wrong');
      },
    });
    await consumer.ready;
    expect(await parked(bus)).toEqual([]);
    await bus.publish(messages);
    await until(() => refused > 0 && consumer.status().parkedKeys > 0);
    expect(await parked(bus)).toEqual([`2 of ${topics.handoverEvents} by readers, key handover-second`]);
    await consumer.stop();
  });
});

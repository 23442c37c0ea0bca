import { type DomainEvent, domainEvent, topics } from '@handover/contracts';
import { fromIso } from '@handover/kernel';
import { type EventStore, openBus, openEventStore } from '@handover/platform';
import { type LocalSystem } from '@handover/app-e2e';

/** An event, and when it was decided, in domain time. */
export type Timed = DomainEvent & { readonly id: string; readonly at: number };

/** What the system stored and published, read behind its back. */
export interface Record {
  /** By handover, in the order of the log. */
  readonly events: ReadonlyMap<string, readonly Timed[]>;
  /** When the bus took a message, by its id, in domain time. */
  readonly messages: ReadonlyMap<string, number>;
}

/** The system's log, for reading beside it. */
export const logOf = ({ storeFile, now }: LocalSystem): Promise<EventStore> =>
  openEventStore(`sqlite:${storeFile}`, { now, at: () => () => undefined });

/** Topics over which one service waits for another. */
const read = [topics.slotCommands, topics.appointmentEvents, topics.callbackCommands, topics.callbackEvents];

export async function recordOf(system: LocalSystem): Promise<Record> {
  const store = await logOf(system);
  const events = new Map<string, Timed[]>();
  for await (const stored of store.readAll({
    filter: { categories: ['handover', 'slotbook', 'callback', 'survey'] },
  })) {
    const event = domainEvent(stored);
    if (!event || !('handoverId' in event.data)) continue;
    const of = events.get(event.data.handoverId) ?? [];
    of.push({ ...event, id: stored.id, at: fromIso(stored.metadata.recordedAt) });
    events.set(event.data.handoverId, of);
  }
  await store.close();
  return { events, messages: await messagesOf(system) };
}

/** Kafka's messages carry wall time; those of the embedded bus the time of the system's clock. */
async function messagesOf({
  bus: url,
  dataDirectory,
  now,
  speed,
}: LocalSystem): Promise<Map<string, number>> {
  const domainTime = (at: number): number => (url === 'embedded:' ? at : now() - (Date.now() - at) * speed);
  const bus = openBus(url, { dataDirectory, clientId: 'bench' });
  const messages = new Map<string, number>();
  for (const topic of read)
    for (const { partition } of await bus.offsets(topic))
      for await (const { headers, timestamp } of bus.browse(topic, { partition })) {
        const id = `${topic} ${headers['ce_id']}`;
        if (!messages.has(id)) messages.set(id, domainTime(timestamp));
      }
  await bus.close();
  return messages;
}

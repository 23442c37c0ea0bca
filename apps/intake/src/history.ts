import { handoverStream } from '@handover/intake';
import { type EventStore, type StoredEvent } from '@handover/platform';

/**
 * All events about one handover, of whatever service, in log order. What this service wrote itself is read from the
 * handover's own stream, for an index of correlations may lag behind it.
 */
export async function historyOf(store: EventStore, handoverId: string): Promise<StoredEvent[]> {
  const found = new Map<string, StoredEvent>();
  for await (const event of store.readStream(handoverStream(handoverId))) found.set(event.id, event);
  for await (const event of store.readCorrelation(handoverId)) found.set(event.id, event);
  return [...found.values()].sort((a, b) => (a.position < b.position ? -1 : 1));
}

import { published, topics, upcast } from '@handover/contracts';
import { type Outgoing, type StoredEvent } from '@handover/platform';

/** What dialing says to others: everything that happens to a callback, by handover, without what the agent noted. */
export function publishes(stored: StoredEvent): readonly Outgoing[] {
  const { type, data, metadata } = upcast(stored);
  const key = metadata.correlationId;
  return [{ topic: topics.callbackEvents, key, type, data: published(data as object) }];
}

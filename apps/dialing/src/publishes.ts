import { topics, upcast } from '@handover/contracts';
import { type Outgoing, type StoredEvent } from '@handover/platform';

/** What dialing says to others: everything that happens to a callback, by handover, without what the agent noted. */
export function publishes(stored: StoredEvent): readonly Outgoing[] {
  const { type, data: current, metadata } = upcast(stored);
  const { personal: _personal, ...data } = current as Record<string, unknown>;
  return [{ topic: topics.callbackEvents, key: metadata.correlationId, type, data }];
}

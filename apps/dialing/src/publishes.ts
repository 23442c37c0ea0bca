import { topics } from '@handover/contracts';
import { type Outgoing, type StoredEvent } from '@handover/platform';

/** What dialing says to others: everything that happens to a callback, by handover, without what the agent noted. */
export function publishes({ type, data: stored, metadata }: StoredEvent): readonly Outgoing[] {
  const { personal: _personal, ...data } = stored as Record<string, unknown>;
  return [{ topic: topics.callbackEvents, key: metadata.correlationId, type, data }];
}

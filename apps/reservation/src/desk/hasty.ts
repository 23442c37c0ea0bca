import { type NoSlotReason } from '@handover/contracts';
import { type EventStore } from '@handover/platform';
import { type Decided } from './appends.js';
import { lastProjection } from './pool-log.js';
import { type OpenPool } from './take-over.js';

/** Reasons that say what the pool's capacity is, not who has taken it. */
const ofCapacity: readonly NoSlotReason[] = ['unknown-pool', 'no-such-skills', 'no-shifts', 'too-few-agents'];

/**
 * True if a caller would be told that nobody is there, while the log knows of newer capacity than the desk: the command
 * that brings it is on its way, as when a centre has just been set up, or capacity is back after a long time.
 */
export async function isHasty(
  store: EventStore,
  { pool }: OpenPool,
  decided: readonly Decided[],
): Promise<boolean> {
  const saysNobody = decided.some(({ entries }) =>
    entries.some(({ event }) => event.type === 'NoSlotFound' && ofCapacity.includes(event.data.reason)),
  );
  if (!saysNobody) return false;
  const { version = 0 } = (await lastProjection(store, pool.id)) ?? {};
  return version > (pool.capacity?.version ?? 0);
}

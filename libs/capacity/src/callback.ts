// What capacity sees of dialing's callbacks: which agent has which, and for how long the slot book keeps room for it.
import { type VersionedEvent, domainEvent } from '@handover/contracts';
import { fromIso, type Instant } from '@handover/kernel';

/** A callback that is not over yet. */
export interface OpenCallback {
  readonly callbackId: string;
  readonly pool: string;
  readonly skills: readonly string[];
  readonly start: Instant;
  readonly handleSeconds: number;
  /** Who has it at the moment. */
  readonly agentId?: string;
  readonly assignedAt?: Instant;
  /** At least once. */
  readonly dialled?: boolean;
}

/** The callback after one more event of `callback-<id>`; undefined before it was scheduled and once it is over. */
export function evolveCallback(
  callback: OpenCallback | undefined,
  stored: VersionedEvent,
): OpenCallback | undefined {
  const event = domainEvent(stored);
  if (event?.type === 'CallbackScheduled') {
    const { callbackId, pool, skills, start, handleSeconds } = event.data;
    return { callbackId, pool, skills, start: fromIso(start), handleSeconds };
  }
  if (!callback) return undefined;
  switch (event?.type) {
    case 'CallbackRescheduled':
      return { ...callback, start: fromIso(event.data.start), dialled: undefined };
    case 'AgentAssigned':
      return { ...callback, agentId: event.data.agentId, assignedAt: fromIso(event.data.occurredAt) };
    case 'AgentReleased':
      return { ...callback, agentId: undefined, assignedAt: undefined };
    case 'AttemptStarted':
      return { ...callback, dialled: true };
    case 'CallbackCompleted':
    case 'CallbackCancelled':
      return undefined;
    default:
      return callback;
  }
}

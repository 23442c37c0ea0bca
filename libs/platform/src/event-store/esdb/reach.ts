import { NotLeaderError } from '@eventstore/db-client';
import { setTimeout as pause } from 'node:timers/promises';
import { StoreUnavailable } from '../faults.js';

// gRPC status codes (grpc.io, "Status codes and their use").
const cancelled = 1;
const invalidArgument = 3;
const permissionDenied = 7;
const unavailable = 14;
const unauthenticated = 16;

const pausesMs = [50, 200];

const statusOf = (fault: unknown): number | undefined =>
  typeof fault === 'object' && fault !== null && 'code' in fault && typeof fault.code === 'number'
    ? fault.code
    : undefined;

/** True if the server refuses this client for good: waiting will not help. */
export const isRefused = (fault: unknown): boolean =>
  [invalidArgument, permissionDenied, unauthenticated].includes(statusOf(fault) ?? -1);

/** A connection that broke, or a node that is no longer the leader: the client has dropped the channel and opens a new one. */
const isBroken = (fault: unknown): boolean =>
  fault instanceof NotLeaderError || [cancelled, unavailable].includes(statusOf(fault) ?? -1);

/**
 * Asks the server, again after a moment if the connection broke. Every request may be repeated: appends are idempotent.
 * @throws StoreUnavailable if it does not answer; as it came, what it refuses and what `expected` recognises
 */
export async function reach<Answer>(
  ask: () => Promise<Answer>,
  expected: (fault: unknown) => boolean = () => false,
): Promise<Answer> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await ask();
    } catch (fault) {
      if (expected(fault) || isRefused(fault)) throw fault;
      const pauseMs = pausesMs[attempt];
      if (!isBroken(fault) || pauseMs === undefined)
        throw new StoreUnavailable(`EventStoreDB does not answer: ${String(fault)}`, { cause: fault });
      await pause(pauseMs);
    }
  }
}

import { type Json } from '@handover/kernel';
import { createHash } from 'node:crypto';
import { type StoredEvent } from '../port.js';

/** How many events were taken in, and the hash of all of them in their order. */
export interface LogHash {
  readonly events: number;
  readonly hash: string;
}

export const emptyLogHash: LogHash = { events: 0, hash: '' };

/** Takes in one event: all that a store must keep of it, which leaves out the position, a matter of each store. */
export function hashed({ events, hash }: LogHash, event: StoredEvent): LogHash {
  const { stream, revision, id, type, data, metadata } = event;
  const content = canonical([stream, revision, id, type, data, { ...metadata }]);
  return { events: events + 1, hash: createHash('sha256').update(hash).update(content).digest('hex') };
}

/** JSON with sorted keys: stores need not keep the order of keys. */
function canonical(json: Json): string {
  return JSON.stringify(json, (_, value: Json) =>
    value !== null && typeof value === 'object' && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}

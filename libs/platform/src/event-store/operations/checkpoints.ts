import { type Json } from '@handover/kernel';
import { type EventStore, type Position, type StoredEvent } from '../port.js';

/**
 * Gives registers that hold a position (as their value, or in `position` of it) the same place in a copy of the store.
 * Without this a relay would publish the whole log again.
 */
export async function copyCheckpoints(
  from: EventStore,
  to: EventStore,
  names: readonly string[],
): Promise<void> {
  for (const name of names) {
    const original = await from.readRegister(name);
    if (!original) continue;
    const there = await to.readRegister(name);
    await to.writeRegister(name, await translated(original.value, from, to), there?.revision ?? 'none');
  }
}

async function translated(value: Json, from: EventStore, to: EventStore): Promise<Json> {
  if (typeof value === 'string') return samePlace(value, from, to);
  if (value === null || typeof value !== 'object' || !('position' in value)) return value;
  const { position } = value;
  return typeof position === 'string' ? { ...value, position: await samePlace(position, from, to) } : value;
}

/** The position in the copy up to which it holds what the source holds up to `position`; null if that is nothing. */
async function samePlace(position: Position, from: EventStore, to: EventStore): Promise<Position | null> {
  const next = await first(from.readAll({ after: position, limit: 1 }));
  const nextThere = next && (await first(to.readStream(next.stream, { from: next.revision, limit: 1 })));
  const last = await first(to.readAll({ after: nextThere?.position, backwards: true, limit: 1 }));
  return last?.position ?? null;
}

async function first(events: AsyncIterable<StoredEvent>): Promise<StoredEvent | undefined> {
  for await (const event of events) return event;
  return undefined;
}

import { fromIso, type Instant, type Json } from '@handover/kernel';
import { RevisionConflict } from '../event-store/faults.js';
import { type EventStore, type Position } from '../event-store/port.js';

/** What a rewind did. */
export interface Rewound {
  /** All that is stored behind this position will be published again; null: everything. */
  readonly position: Position | null;
}

const attempts = 20;

/**
 * Sets a register that holds a place in the log (a relay's lease, or a position) back to a moment, so that what was
 * recorded since is published again: for a broker that lost messages. Consumers absorb repeats by their ids. A relay at
 * work is deposed, and takes its lease again from the new place within two seconds.
 * It never goes forward: what lies between would never be published.
 * @param to null: the begin of the log
 * @returns undefined if the register was never written: nothing was published yet
 */
export async function rewindTo(
  store: EventStore,
  register: string,
  to: Instant | null,
): Promise<Rewound | undefined> {
  const position = to === null ? null : await lastBefore(store, to);
  for (let attempt = 1; ; attempt += 1) {
    const found = await store.readRegister(register);
    if (!found) return undefined;
    const place = earlier(position, placeOf(found.value));
    try {
      await store.writeRegister(register, withPlace(found.value, place), found.revision);
      return { position: place };
    } catch (fault) {
      if (!(fault instanceof RevisionConflict) || attempt === attempts) throw fault;
    }
  }
}

/** Position of the last event recorded before a moment; null if there is none. */
async function lastBefore(store: EventStore, moment: Instant): Promise<Position | null> {
  for await (const { position, metadata } of store.readAll({ backwards: true }))
    if (fromIso(metadata.recordedAt) < moment) return position;
  return null;
}

const earlier = (one: Position | null, other: Position | null): Position | null =>
  (one ?? '') < (other ?? '') ? one : other;

type Lease = { readonly [name: string]: Json };
const isLease = (value: Json): value is Lease =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function placeOf(value: Json): Position | null {
  const place = isLease(value) ? value['position'] : value;
  return typeof place === 'string' ? place : null;
}

/** Without a holder, so that whoever held it cannot write its own place over the new one. */
const withPlace = (value: Json, position: Position | null): Json =>
  isLease(value) ? { ...value, holder: null, process: null, expiresAt: 0, position } : (position ?? '');

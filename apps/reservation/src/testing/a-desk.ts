import { type AppointmentEvent, type CapacityProjected, domainEvent, streams } from '@handover/contracts';
import { type Clock, type Json, idFrom, randomIds, toIso } from '@handover/kernel';
import { type Cause, type EventStore, type StoredEvent, type Wall } from '@handover/platform';
import { type SlotCommand } from '@handover/reservation';
import { type AProjection, aProjection } from '@handover/reservation/testing';
import * as words from '@handover/words';
import { PoolDesk } from '../desk/pool-desk.js';

/** Pauses that are over at once: tests do not wait. */
const noWall: Wall = {
  now: () => 0,
  elapsed: () => 0,
  after: (_, fire) => {
    queueMicrotask(fire);
    return () => undefined;
  },
};

export interface DeskOptions {
  readonly store: EventStore;
  readonly clock: Clock;
  readonly owner?: string;
  readonly onTimerFault?: (fault: unknown) => void;
}

/** A desk of the pool `care` in some process. */
export const aDesk = ({ store, clock, owner = 'one', onTimerFault }: DeskOptions): PoolDesk =>
  new PoolDesk(
    'care',
    { store, clock, wall: noWall, ids: randomIds, speech: words, owner },
    onTimerFault ??
      ((fault) => {
        throw fault;
      }),
  );

let causes = 0;
export const aCause = (id = `test/${++causes}`): Cause => ({ id, correlationId: 'test' });

/** Stores a projection as capacity does, and gives the command that follows. */
export async function projected(store: EventStore, given: AProjection = {}): Promise<SlotCommand> {
  const data: CapacityProjected = aProjection(given);
  await store.append(
    streams.pool('care'),
    [
      {
        id: idFrom('projection', data.version),
        type: 'CapacityProjected',
        data: data as unknown as Json,
        metadata: { correlationId: 'care', causationId: 'test', schemaVersion: 1, recordedAt: toIso(0) },
      },
    ],
    'any',
  );
  return { type: 'slots.apply-capacity', data };
}

/** Everything in the pool's books, in the order of the log. */
export async function booksOf(store: EventStore): Promise<readonly StoredEvent[]> {
  const found: StoredEvent[] = [];
  for await (const event of store.readAll({ filter: { categories: ['slotbook'] } })) found.push(event);
  return found;
}

/** The same without the marks of owners. */
export async function entriesOf(store: EventStore): Promise<readonly { readonly event: AppointmentEvent }[]> {
  const found: { event: AppointmentEvent }[] = [];
  for (const stored of await booksOf(store)) {
    const event = domainEvent(stored);
    if (event && event.type !== 'BookOpened') found.push({ event: event as AppointmentEvent });
  }
  return found;
}

import { type AppointmentEvent, type CapacityProjected, domainEvent, streams } from '@handover/contracts';
import { type LocalDate, addDays } from '@handover/kernel';
import { type EventStore, type Position, type Revision } from '@handover/platform';

/** Horizon at most 14 days, a callback at most one more; and yesterday, for what began before midnight. */
const daysAhead = 15;
const daysBack = 1;

/** The days whose books matter on this day, whatever the pool's horizon is or was. */
export const daysAround = (today: LocalDate): readonly LocalDate[] =>
  Array.from({ length: daysBack + 1 + daysAhead }, (_, index) => addDays(today, index - daysBack));

/** One day-book as far as it was read. */
export interface Book {
  readonly day: LocalDate;
  readonly entries: readonly LoggedEntry[];
  /** Of its last event. */
  readonly revision: Revision | 'none';
  /** The highest of the owners that opened it; 0 if none did. */
  readonly epoch: number;
}

export interface LoggedEntry {
  readonly day: LocalDate;
  readonly position: Position;
  readonly event: AppointmentEvent;
}

export async function readBook(store: EventStore, pool: string, day: LocalDate): Promise<Book> {
  const entries: LoggedEntry[] = [];
  let revision: Revision | 'none' = 'none';
  let epoch = 0;
  for await (const stored of store.readStream(streams.slotBook(pool, day))) {
    revision = stored.revision;
    const event = domainEvent(stored);
    if (event?.type === 'BookOpened') epoch = Math.max(epoch, event.data.epoch);
    else if (event && isEntry(event)) entries.push({ day, position: stored.position, event });
  }
  return { day, entries, revision, epoch };
}

type Known = NonNullable<ReturnType<typeof domainEvent>>;
const entryTypes: Readonly<Record<AppointmentEvent['type'], true>> = {
  OffersHeld: true,
  NoSlotFound: true,
  AppointmentConfirmed: true,
  ConfirmationRefused: true,
  OfferReleased: true,
  HoldExpired: true,
  AppointmentAtRisk: true,
  AppointmentSecured: true,
  AppointmentMoved: true,
  AppointmentCancelled: true,
};
const isEntry = (event: Known): event is AppointmentEvent => event.type in entryTypes;

/** The entries of several books as they were written: the log has one order. */
export const inOrder = (books: readonly Book[]): readonly LoggedEntry[] =>
  books.flatMap(({ entries }) => entries).sort((a, b) => (a.position < b.position ? -1 : 1));

/** The pool's capacity as the log has it: the projections from the last full one on, oldest first. */
export async function readProjections(
  store: EventStore,
  pool: string,
): Promise<readonly CapacityProjected[]> {
  const found: CapacityProjected[] = [];
  for await (const stored of store.readStream(streams.pool(pool), { backwards: true })) {
    const event = domainEvent(stored);
    if (event?.type !== 'CapacityProjected') continue;
    found.push(event.data);
    if (event.data.full) break;
  }
  return found.reverse();
}

/** The pool's last projection, full or not; undefined for a pool that never had one. */
export async function lastProjection(
  store: EventStore,
  pool: string,
): Promise<CapacityProjected | undefined> {
  for await (const stored of store.readStream(streams.pool(pool), { backwards: true })) {
    const event = domainEvent(stored);
    if (event?.type === 'CapacityProjected') return event.data;
  }
  return undefined;
}

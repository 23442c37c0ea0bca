import { type BookOpened, type CapacityProjected, streams, currentVersion } from '@handover/contracts';
import { type Clock, type Ids, type Json, type LocalDate, idFrom, localDate, toIso } from '@handover/kernel';
import {
  type EventStore,
  RevisionConflict,
  type Revision,
  StoreUnavailable,
  type Wall,
  pause,
} from '@handover/platform';
import { type Demand, type Pool, type Speech, openPool } from '@handover/reservation';
import { type Book, daysAround, inOrder, readBook, readProjections } from './pool-log.js';

/** What a desk needs of the outside world. */
export interface DeskParts {
  readonly store: EventStore;
  readonly clock: Clock;
  readonly wall: Wall;
  readonly ids: Ids;
  readonly speech: Speech;
  /** Name of this process. */
  readonly owner: string;
}

/** A pool in memory, and where each of its books ends as far as this owner knows. */
export interface OpenPool {
  readonly pool: Pool;
  readonly unplaced: readonly Demand[];
  readonly revisions: Map<LocalDate, Revision>;
  /** The pool's present day: when it is over, the pool is opened anew. */
  readonly today: LocalDate;
  readonly epoch: number;
}

/** A zone is known with the first projection. */
export const todayOf = (pool: Pool, clock: Clock): LocalDate =>
  localDate(clock.now(), pool.capacity?.settings.timeZone ?? 'UTC');

/**
 * Makes this process the pool's only writer: reads every book, and marks each one before anything is decided. From then
 * on whoever wrote before finds other revisions than expected, in every book. Of several that take over at the same
 * time at most one gets through (docs/reservation.md); the others try again.
 */
export async function takeOver(parts: DeskParts, id: string): Promise<OpenPool> {
  const { store, clock, speech } = parts;
  const projections = await readProjections(store, id);
  const today = localDate(clock.now(), projections.at(-1)?.settings.timeZone ?? 'UTC');
  // Nothing can be promised for a pool without capacity: one book is enough to say so.
  const days = projections.length > 0 ? daysAround(today) : [today];
  const { books, epoch } = await openBooks(parts, id, days);
  const history = { id, entries: inOrder(books), projections };
  return {
    ...openPool(history, speech, clock.now()),
    revisions: new Map(books.map(({ day, revision }) => [day, revision])),
    today,
    epoch,
  };
}

/** The pool as the log tells it, to look at only: nothing is marked, and nothing may be decided on it. */
export async function lookAt({ store, clock, speech }: DeskParts, id: string): Promise<Pool> {
  const projections: readonly CapacityProjected[] = await readProjections(store, id);
  const today = localDate(clock.now(), projections.at(-1)?.settings.timeZone ?? 'UTC');
  const books = await Promise.all(daysAround(today).map((day) => readBook(store, id, day)));
  return openPool({ id, entries: inOrder(books), projections }, speech, clock.now()).pool;
}

type OpenedBook = Book & { readonly revision: Revision };

const attemptsAtMost = 20;
const backOffMs = 20;

async function openBooks(
  parts: DeskParts,
  pool: string,
  days: readonly LocalDate[],
): Promise<{ readonly books: readonly OpenedBook[]; readonly epoch: number }> {
  for (let attempt = 1; attempt <= attemptsAtMost; attempt += 1) {
    const read = await Promise.all(days.map((day) => readBook(parts.store, pool, day)));
    const epoch = 1 + Math.max(...read.map((book) => book.epoch));
    const mark = markOf(parts, pool, epoch);
    const opened = await Promise.all(read.map((book) => openBook(parts.store, pool, book, mark)));
    const books = opened.filter((book) => book !== undefined);
    if (books.length === days.length) return { books, epoch };
    await pause(parts.wall, Math.random() * backOffMs * attempt);
  }
  throw new StoreUnavailable(`Other processes keep taking over pool ${pool}.`);
}

interface Mark {
  readonly epoch: number;
  readonly eventFor: (day: LocalDate) => Parameters<EventStore['append']>[1][number];
}

function markOf({ clock, ids, owner }: DeskParts, pool: string, epoch: number): Mark {
  const takeover = ids.next();
  return {
    epoch,
    eventFor: (day) => {
      const data: BookOpened = { pool, day, owner, epoch, occurredAt: toIso(clock.now()) };
      return {
        id: idFrom('BookOpened', pool, day, epoch, owner, takeover),
        type: 'BookOpened',
        data: data as unknown as Json,
        metadata: {
          correlationId: pool,
          causationId: `takeover/${takeover}`,
          schemaVersion: currentVersion('BookOpened'),
        },
      };
    },
  };
}

/**
 * Marks a book at the revision up to which it was read; what was written meanwhile is read first.
 * @returns undefined if another process that takes over was here first with the same or a higher epoch
 */
async function openBook(
  store: EventStore,
  pool: string,
  first: Book,
  { epoch, eventFor }: Mark,
): Promise<OpenedBook | undefined> {
  for (let book = first; book.epoch < epoch; book = await readBook(store, pool, book.day)) {
    try {
      const stream = streams.slotBook(pool, book.day);
      const { revision } = await store.append(stream, [eventFor(book.day)], book.revision);
      return { ...book, revision };
    } catch (fault) {
      if (!(fault instanceof RevisionConflict)) throw fault;
    }
  }
  return undefined;
}

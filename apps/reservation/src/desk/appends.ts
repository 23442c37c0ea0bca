import { currentVersion, streams } from '@handover/contracts';
import { type Json, type LocalDate } from '@handover/kernel';
import {
  type Cause,
  type EventStore,
  EventTooLarge,
  type NewEvent,
  type Revision,
  RevisionConflict,
} from '@handover/platform';
import { type Entry } from '@handover/reservation';

/** What one command led to. */
export interface Decided {
  readonly cause: Cause;
  readonly entries: readonly Entry[];
}

/** The books of one pool, as far as their owner knows where they end. */
export interface Books {
  readonly store: EventStore;
  readonly pool: string;
  readonly revisions: Map<LocalDate, Revision>;
}

/**
 * Appends in the order of the decisions, neighbours of one book together: what is stored is always a beginning of
 * what was decided.
 * @returns whether there was anything to append
 * @throws RevisionConflict if another process wrote to a book, or this very thing is stored there
 */
export async function appendAll(books: Books, decided: readonly Decided[]): Promise<boolean> {
  const runs = neighbours(decided);
  for (const run of runs) await appendRun(books, run);
  return runs.length > 0;
}

interface Run {
  readonly day: LocalDate;
  readonly events: NewEvent[];
}

async function appendRun(books: Books, { day, events }: Run): Promise<void> {
  const expected = books.revisions.get(day);
  if (expected === undefined) throw new Error(`Book ${day} of pool ${books.pool} is not open`);
  const stream = streams.slotBook(books.pool, day);
  try {
    const { revision, repeated } = await books.store.append(stream, events, expected);
    if (repeated) throw new RevisionConflict(stream, expected, revision);
    books.revisions.set(day, revision);
  } catch (fault) {
    // One withdrawal of capacity may move more appointments than an append can hold.
    if (!(fault instanceof EventTooLarge) || events.length === 1) throw fault;
    const half = Math.ceil(events.length / 2);
    await appendRun(books, { day, events: events.slice(0, half) });
    await appendRun(books, { day, events: events.slice(half) });
  }
}

function neighbours(decided: readonly Decided[]): readonly Run[] {
  const runs: Run[] = [];
  for (const { cause, entries } of decided)
    for (const entry of entries) {
      const last = runs.at(-1);
      if (last?.day === entry.day) last.events.push(newEvent(entry, cause));
      else runs.push({ day: entry.day, events: [newEvent(entry, cause)] });
    }
  return runs;
}

const newEvent = ({ id, event }: Entry, { id: causationId, traceparent }: Cause): NewEvent => ({
  id,
  type: event.type,
  data: event.data as unknown as Json,
  metadata: {
    correlationId: event.data.handoverId,
    causationId,
    schemaVersion: currentVersion(event.type),
    ...(traceparent && { traceparent }),
  },
});

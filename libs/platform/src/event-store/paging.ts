import { setImmediate as otherWork } from 'node:timers/promises';
import { type EventFilter, type StoredEvent } from './port.js';
import { categoryOf } from './incoming.js';

/** Most events held in memory at once while reading. */
export const pageSize = 500;
/** The first page is small, the next ones grow: who wants one event does not pay for 500. */
const firstPageSize = 50;

type Page = readonly StoredEvent[];

/** One event after another, fetching the next page only when the last one is used up. */
export async function* byPage(
  readPage: (last: StoredEvent | undefined, size: number) => Page | Promise<Page>,
  limit = Infinity,
): AsyncIterable<StoredEvent> {
  let last: StoredEvent | undefined;
  let next = firstPageSize;
  for (let left = limit; left > 0; next = Math.min(2 * next, pageSize)) {
    const size = Math.min(next, left);
    const page = await readPage(last, size);
    yield* page;
    if (page.length < size) return;
    // A long read must not keep this process from its other work.
    await otherWork();
    last = page.at(-1);
    left -= page.length;
  }
}

/** True if the filter means this event. */
export const matches = (
  filter: EventFilter | undefined,
  event: Pick<StoredEvent, 'stream' | 'type'>,
): boolean =>
  (filter?.categories?.includes(categoryOf(event.stream)) ?? true) &&
  (filter?.types?.includes(event.type) ?? true);

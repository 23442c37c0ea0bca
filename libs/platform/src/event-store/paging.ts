import { setImmediate as otherWork } from 'node:timers/promises';
import { type EventFilter, type StoredEvent } from './port.js';
import { categoryOf } from './incoming.js';

/** Events held in memory at once while reading. */
export const pageSize = 500;

type Page = readonly StoredEvent[];

/** One event after another, fetching the next page only when the last one is used up. */
export async function* byPage(
  readPage: (last: StoredEvent | undefined, size: number) => Page | Promise<Page>,
  limit = Infinity,
): AsyncIterable<StoredEvent> {
  let last: StoredEvent | undefined;
  for (let left = limit; left > 0;) {
    const size = Math.min(pageSize, left);
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

import { type StoredEvent } from '../port.js';

const eventsAtMost = 200;
/** Of JSON; well below what one append may hold. */
const charactersAtMost = 250_000;

type Batch = readonly [StoredEvent, ...StoredEvent[]];

/** Neighbours of the log that stand in one stream, together: they can be appended at once. */
export async function* batches(events: AsyncIterable<StoredEvent>): AsyncIterable<Batch> {
  let batch: [StoredEvent, ...StoredEvent[]] | undefined;
  let characters = 0;
  for await (const event of events) {
    const { length } = JSON.stringify([event.data, event.metadata]);
    const fits =
      batch?.[0].stream === event.stream &&
      batch.length < eventsAtMost &&
      characters + length <= charactersAtMost;
    if (batch && fits) {
      batch.push(event);
      characters += length;
      continue;
    }
    if (batch) yield batch;
    batch = [event];
    characters = length;
  }
  if (batch) yield batch;
}

// A process that reads a whole store, forwards and backwards: node reader-process.js <store URL> <stream>.
// It prints how many events each read gave, as JSON; it fails if one was out of order.
import { VirtualClock } from '@handover/kernel';
import { openEventStore } from '../open.js';
import { type StoredEvent } from '../port.js';

const [url = '', stream = ''] = process.argv.slice(2);
const store = await openEventStore(url, new VirtualClock(0));

/** Counts, and holds on to nothing but the last event. */
async function count(events: AsyncIterable<StoredEvent>, backwards: boolean): Promise<number> {
  let found = 0;
  let last: string | undefined;
  for await (const { position } of events) {
    if (last !== undefined && position > last === backwards)
      throw new Error(`${position} came after ${last}`);
    last = position;
    found += 1;
  }
  return found;
}

const counts: number[] = [];
for (const backwards of [false, true])
  for (const read of [store.readAll({ backwards }), store.readStream(stream, { backwards })])
    counts.push(await count(read, backwards));
process.stdout.write(JSON.stringify(counts));
await store.close();

import { VirtualClock } from '@handover/kernel';
import { pageSize } from '../paging.js';
import { events } from '../testing/an-event.js';
import { startEsdbDouble } from '../testing/esdb-double/server.js';
import { all } from '../testing/until.js';
import { esdbEventStore } from './store.js';

it('reads of EventStoreDB ask for a page at a time, however long stream and log are', async () => {
  const double = await startEsdbDouble();
  const store = esdbEventStore({ url: double.url, clock: new VirtualClock(0) });
  await store.append('handover-1', events(2 * pageSize + 1), 'none');
  const lengths: number[] = [];
  for (const backwards of [false, true])
    for (const read of [store.readStream('handover-1', { backwards }), store.readAll({ backwards })])
      lengths.push((await all(read)).length);
  expect(lengths).toEqual(Array.from({ length: 4 }, () => 2 * pageSize + 1));
  // One more than a page: the event at a position comes again.
  expect(double.mostRead()).toBe(pageSize + 1);
  await store.close();
  await double.vanish();
});

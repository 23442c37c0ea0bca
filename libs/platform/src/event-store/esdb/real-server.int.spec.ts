import { describeWith } from '../../testing/describe-with.js';
import { describeEventStore } from '../event-store.contract.js';
import { findRealEsdb } from '../testing/real-esdb.js';
import { esdbEventStore } from './store.js';

await describeWith('a real EventStoreDB (EVENTSTOREDB_URL or a container engine)', findRealEsdb, ({ url }) =>
  describeEventStore('EventStoreDB (a real server)', async (clock) => {
    const open = () => esdbEventStore({ url, clock });
    const store = open();
    return { store, reopen: async () => open(), stop: () => store.close() };
  }),
);

import { describeEventStore } from '../event-store.contract.js';
import { findRealEsdb } from '../testing/real-esdb.js';
import { esdbEventStore } from './store.js';

const server = await findRealEsdb();

if (server) {
  afterAll(() => server.stop());
  describeEventStore('EventStoreDB (a real server)', async (clock) => {
    const open = () => esdbEventStore({ url: server.url, clock });
    const store = open();
    return { store, reopen: async () => open(), stop: () => store.close() };
  });
} else {
  console.warn('No EVENTSTOREDB_URL and no Docker engine: the suite did NOT run on a real EventStoreDB.');
  describe('event store: EventStoreDB (a real server)', () => {
    it.skip('needs EVENTSTOREDB_URL or a Docker engine', () => undefined);
  });
}

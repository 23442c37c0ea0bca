import { describeEventStore } from '../event-store.contract.js';
import { startEsdbDouble } from '../testing/esdb-double/server.js';
import { esdbEventStore } from './store.js';

describeEventStore('EventStoreDB (test double of its gRPC services)', async (clock) => {
  const double = await startEsdbDouble();
  const open = () => esdbEventStore({ url: double.url, clock });
  const store = open();
  return {
    store,
    reopen: async () => open(),
    outage: { begin: () => double.vanish(), end: () => double.comeBack() },
    stop: async () => {
      await store.close();
      await double.vanish();
    },
  };
});

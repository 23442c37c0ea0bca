import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeEventStore } from '../event-store.contract.js';
import { sqliteEventStore } from './store.js';

describeEventStore('SQLite', async (clock) => {
  const folder = await mkdtemp(join(tmpdir(), 'handover-store-'));
  const file = join(folder, 'handover.db');
  const store = sqliteEventStore({ file, clock });
  return {
    store,
    reopen: async () => sqliteEventStore({ file, clock }),
    stop: async () => {
      await store.close();
      await rm(folder, { recursive: true });
    },
  };
});

import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { VirtualClock } from '@handover/kernel';
import { describeEventStore } from '../event-store.contract.js';
import { events } from '../testing/an-event.js';
import { all } from '../testing/until.js';
import { sqliteEventStore } from './store.js';

describe('an SQLite store that is only read', () => {
  it('creates no file, and refuses every write', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'handover-read-'));
    const [file, clock] = [join(folder, 'handover.db'), new VirtualClock(0)];
    const writer = sqliteEventStore({ file, clock });
    await writer.append('handover-1', events(3), 'none');
    await writer.close();
    const reader = sqliteEventStore({ file, clock, readOnly: true });
    expect(await all(reader.readAll())).toHaveLength(3);
    await expect(reader.append('handover-1', events(1), 2)).rejects.toMatchObject({
      name: 'StoreUnavailable',
      reason: 'the file is read-only',
    });
    await reader.close();
    expect(() => sqliteEventStore({ file: join(folder, 'none.db'), clock, readOnly: true })).toThrow(
      /Cannot read the event store/,
    );
    expect(await readdir(folder)).not.toContain('none.db');
    await rm(folder, { recursive: true });
  });
});

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

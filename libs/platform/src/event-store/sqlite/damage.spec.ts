import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { VirtualClock } from '@handover/kernel';
import { anEvent, events } from '../testing/an-event.js';
import { damagePages } from '../testing/damage.js';
import { all } from '../testing/until.js';
import { sqliteEventStore } from './store.js';

describe('an SQLite store whose file is damaged', () => {
  const clock = new VirtualClock(0);
  let folder: string;
  let file: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'handover-damage-'));
    file = join(folder, 'handover.db');
    const store = sqliteEventStore({ file, clock });
    await store.append('handover-1', events(300), 'none');
    await store.close();
  });
  afterEach(() => rm(folder, { recursive: true }));

  const damaged = { name: 'StoreUnavailable', reason: 'the file is damaged: restore a backup' };

  it('answers nothing more once a read has met the damage, so that nobody decides on half a log', async () => {
    await damagePages(file, 14, 10);
    const store = sqliteEventStore({ file, clock });
    await store.head();
    await expect(all(store.readAll())).rejects.toMatchObject(damaged);
    await expect(store.head()).rejects.toMatchObject(damaged);
    await expect(store.append('handover-2', [anEvent()], 'none')).rejects.toMatchObject(damaged);
    const subscription = store.subscribe({ onEvent: () => Promise.resolve() });
    await expect(subscription.done).rejects.toMatchObject(damaged);
    await store.close();
  });

  it('answers nothing more once a write has met the damage', async () => {
    await damagePages(file, 14);
    const store = sqliteEventStore({ file, clock });
    await expect(store.append('handover-1', events(50), 299)).rejects.toMatchObject(damaged);
    await expect(store.head()).rejects.toMatchObject(damaged);
    await store.close();
  });
});

import { VirtualClock } from '@handover/kernel';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StoreUnavailable } from '../faults.js';
import { type EventStore } from '../port.js';
import { sqliteEventStore } from '../sqlite/store.js';
import { events } from '../testing/an-event.js';
import { all } from '../testing/until.js';
import { backupStore } from './backup.js';
import { verifyStore } from './verify.js';

const clock = new VirtualClock(0);

describe('backupStore', () => {
  let folder: string;
  let file: string;
  let target: string;
  let store: EventStore;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'handover-backup-'));
    [file, target] = [join(folder, 'handover.db'), join(folder, 'backup.db')];
    store = sqliteEventStore({ file, clock });
    for (let first = 0; first < 20_000; first += 2_000)
      await store.append('handover-1', events(2_000, first), 'any');
    await store.writeRegister('lease', { holder: 'a' }, 'none');
  });
  afterEach(async () => {
    await store.close();
    await rm(folder, { recursive: true });
  });

  it('copies events and registers as they were at one moment, while others go on writing', async () => {
    const steps: number[] = [];
    let ended = false;
    const backup = backupStore(file, target, { onProgress: ({ pages, of }) => steps.push(pages / of) });
    void backup.then(() => (ended = true));
    let written = 0;
    while (!ended) written += (await store.append('callback-1', events(10), 'any')).repeated ? 0 : 10;
    await backup;

    expect(written).toBeGreaterThan(10);
    expect(steps.length).toBeGreaterThan(1);
    const { events: copied, faults } = await verifyStore(target);
    expect(faults).toEqual([]);
    expect(copied).toBeLessThan(20_000 + written);
    const copy = sqliteEventStore({ file: target, clock });
    expect(await all(copy.readAll())).toEqual(await all(store.readAll({ limit: copied })));
    expect(await copy.readRegister('lease')).toEqual({ value: { holder: 'a' }, revision: 0 });
    await copy.close();
  });

  it('gives one file, a store that can take the place of the lost one', async () => {
    await backupStore(file, target);
    await verifyStore(target);
    expect((await readdir(folder)).filter((name) => name.startsWith('backup'))).toEqual(['backup.db']);
    const restored = sqliteEventStore({ file: target, clock });
    const { revision, position } = await restored.append('handover-1', events(1), 19_999);
    expect([revision, Number(position)]).toEqual([20_000, 20_001]);
    await restored.close();
  });

  it('overwrites nothing, and leaves nothing half-done behind', async () => {
    await writeFile(target, 'precious');
    await expect(backupStore(file, target)).rejects.toBeInstanceOf(StoreUnavailable);
    await expect(backupStore(file, join(folder, 'nowhere', 'backup.db'))).rejects.toBeInstanceOf(
      StoreUnavailable,
    );
    expect((await readdir(folder)).sort()).toEqual([
      'backup.db',
      'handover.db',
      'handover.db-shm',
      'handover.db-wal',
    ]);
  });
});

import { VirtualClock } from '@handover/kernel';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StoreUnavailable } from './faults.js';
import { openEventStore } from './open.js';
import { anEvent } from './testing/an-event.js';
import { all } from './testing/until.js';

const clock = new VirtualClock(0);

describe('openEventStore', () => {
  let folder: string;
  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'handover-open-'))));
  afterEach(() => rm(folder, { recursive: true }));

  it('opens an SQLite file, creating its folder, and finds its events again', async () => {
    const url = `sqlite:${join(folder, 'new', 'handover.db')}`;
    const first = await openEventStore(url, clock);
    await first.append('handover-1', [anEvent()], 'none');
    await first.close();
    const second = await openEventStore(url, clock);
    expect(await all(second.readAll())).toHaveLength(1);
    await second.close();
  });

  it('gives each memory: URL a log of its own', async () => {
    const [one, other] = [await openEventStore('memory:', clock), await openEventStore('memory:', clock)];
    await one.append('handover-1', [anEvent()], 'none');
    expect(await all(other.readAll())).toEqual([]);
  });

  it('opens an esdb: URL without waiting for the server', async () => {
    const store = await openEventStore('esdb://127.0.0.1:1?tls=false', clock);
    await expect(store.head()).rejects.toBeInstanceOf(StoreUnavailable);
    await store.close();
  });

  it.each(['', 'handover.db', 'postgres://localhost', 'sqlite:'])(
    'refuses "%s", naming what it takes',
    async (url) => {
      await expect(openEventStore(url, clock)).rejects.toThrow('sqlite:<file>');
    },
  );

  it('says that a file is no event store', async () => {
    await expect(openEventStore(`sqlite:${folder}`, clock)).rejects.toBeInstanceOf(StoreUnavailable);
  });
});

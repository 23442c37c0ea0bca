import { VirtualClock } from '@handover/kernel';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { StoreUnavailable } from '../faults.js';
import { sqliteEventStore } from '../sqlite/store.js';
import { events } from '../testing/an-event.js';
import { damagePages } from '../testing/damage.js';
import { verifyStore } from './verify.js';

describe('verifyStore', () => {
  let folder: string;
  let file: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'handover-verify-'));
    file = join(folder, 'handover.db');
    const store = sqliteEventStore({ file, clock: new VirtualClock(0) });
    await store.append('handover-1', events(3), 'none');
    await store.append('callback-1', events(2), 'none');
    await store.append('handover-1', events(300), 2);
    await store.close();
  });
  afterEach(() => rm(folder, { recursive: true }));

  const damage = (sql: string): void => {
    using database = new DatabaseSync(file);
    database.exec(sql);
  };

  it('finds a sound store sound, and counts what it holds', async () => {
    expect(await verifyStore(file)).toEqual({ events: 305, streams: 2, faults: [] });
  });

  it('reports each check before it runs, and the end', async () => {
    const shares: number[] = [];
    await verifyStore(file, { onProgress: ({ done, of }) => shares.push(done / of) });
    expect(shares).toEqual([0, 1, 2, 3, 4, 5, 6].map((done) => done / 6));
  });

  it.each([
    [
      'a gap',
      "DELETE FROM events WHERE stream = 'handover-1' AND revision = 1",
      /handover-1 has 302 events .* 0 to 302/,
    ],
    [
      'a lost begin',
      "DELETE FROM events WHERE stream = 'callback-1' AND revision = 0",
      /callback-1 .* 1 to 1/,
    ],
    [
      'an id twice',
      `UPDATE events SET id = (SELECT id FROM events WHERE position = 1) WHERE position = 2;
       INSERT INTO keys SELECT key, 2 FROM recent_keys WHERE position = 1`,
      /handover-1 has event .* 2 times/,
    ],
    ['a lost key', 'DELETE FROM recent_keys WHERE position = 3', /handover-1 is not found by its id/],
    ['unreadable data', "UPDATE events SET data = '{' WHERE position = 4", /callback-1 is not JSON/],
    [
      'a changed order',
      "UPDATE events SET revision = 1 - revision + 10 WHERE stream = 'callback-1'; UPDATE events SET revision = revision - 10 WHERE stream = 'callback-1'",
      /callback-1 has revision 1 before its predecessor/,
    ],
  ])('finds %s', async (_, sql, line) => {
    damage(sql);
    const { faults } = await verifyStore(file);
    expect(faults).toEqual([expect.stringMatching(line)]);
  });

  it.each([3, 12])('finds damaged pages, from page %i on, and does not stop at them', async (first) => {
    await damagePages(file, first);
    const { faults } = await verifyStore(file);
    expect(faults.length).toBeGreaterThan(0);
  });

  it('reports a file whose very begin is damaged as not sound', async () => {
    await damagePages(file, 1);
    const { faults, events: count } = await verifyStore(file);
    expect([faults.length, count]).toEqual([expect.any(Number), undefined]);
    expect(faults.length).toBeGreaterThan(0);
  });

  it('refuses a file that is no event store', async () => {
    const other = join(folder, 'other.db');
    await writeFile(other, 'not a database, but long enough to be looked at as one '.repeat(100));
    await expect(verifyStore(other)).rejects.toBeInstanceOf(StoreUnavailable);
    await expect(verifyStore(join(folder, 'missing.db'))).rejects.toBeInstanceOf(StoreUnavailable);
  });

  it('changes nothing, and may run while services use the file', async () => {
    const store = sqliteEventStore({ file, clock: new VirtualClock(0) });
    const verified = verifyStore(file);
    await store.append('callback-1', events(1), 1);
    expect(await verified).toMatchObject({ events: 305, faults: [] });
    expect(await verifyStore(file)).toMatchObject({ events: 306, faults: [] });
    await store.close();
  });
});

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { VirtualClock, idFrom } from '@handover/kernel';
import { verifyStore } from '../operations/verify.js';
import { type EventStore, type NewEvent } from '../port.js';
import { anEvent } from '../testing/an-event.js';
import { all } from '../testing/until.js';
import { keyOf } from './keys.js';
import { sqliteEventStore } from './store.js';

const batchSize = 500;

/** Half of all events have a history of four, the others share one: its keys alone are more than are kept apart. */
const numbered = (number: number): NewEvent =>
  anEvent({
    id: idFrom('event', number),
    data: { number },
    metadata: { correlationId: number % 2 === 0 ? 'all' : `few-${Math.floor(number / 8)}` },
  });

const batch = (index: number): NewEvent[] =>
  Array.from({ length: batchSize }, (_, offset) => numbered(index * batchSize + offset));

describe('ids and correlations of a log that is longer than what is kept apart of them', () => {
  const batches = 80;
  const clock = new VirtualClock(0);
  let folder: string;
  let file: string;
  let stores: readonly EventStore[];
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'handover-keys-'));
    file = join(folder, 'handover.db');
    // Two that write the same file in turn: what one keeps apart the other moves.
    stores = [sqliteEventStore({ file, clock }), sqliteEventStore({ file, clock })];
    for (let index = 0; index < batches; index += 1)
      await stores[index % 2]?.append('log-1', batch(index), 'any');
  }, 60_000);
  afterAll(async () => {
    for (const store of stores) await store.close();
    await rm(folder, { recursive: true });
  });

  const rowsOf = (table: string): number => {
    using database = new DatabaseSync(file, { readOnly: true });
    return Number(database.prepare(`SELECT count(*) AS found FROM ${table}`).get()?.['found']);
  };

  it('are moved on, all but the last', () => {
    const total = 2 * batches * batchSize;
    expect(rowsOf('recent_keys') + rowsOf('keys')).toBe(total);
    expect(rowsOf('recent_keys')).toBeLessThan(20_000);
  });

  it('are complete', async () => {
    expect(await verifyStore(file)).toMatchObject({ events: batches * batchSize, faults: [] });
  });

  it.each([0, 41, batches - 1])('let batch %i be recognised when it comes again', async (index) => {
    for (const store of stores) {
      const revision = (index + 1) * batchSize - 1;
      expect(await store.append('log-1', batch(index), 'none')).toMatchObject({ revision, repeated: true });
    }
  });

  it('let an old event among new ones be refused, and the same id be stored in another stream', async () => {
    const [store] = stores;
    const mixed = [numbered(7), anEvent()];
    await expect(store?.append('log-1', mixed, 'any')).rejects.toMatchObject({ name: 'RevisionConflict' });
    expect(await store?.append('log-2', mixed, 'none')).toMatchObject({ repeated: false });
  });

  it('give each history whole and in the order of the log', async () => {
    const numbersOf = async (correlation: string): Promise<number[]> => {
      const [store] = stores;
      const read = store ? await all(store.readCorrelation(correlation)) : [];
      return read.flatMap(({ stream, data }) =>
        stream === 'log-1' ? [(data as { number: number }).number] : [],
      );
    };
    for (const few of [0, 1_234, 4_999])
      expect(await numbersOf(`few-${few}`)).toEqual([1, 3, 5, 7].map((step) => 8 * few + step));
    const evens = Array.from({ length: (batches * batchSize) / 2 }, (_, index) => 2 * index);
    expect(await numbersOf('all')).toEqual(evens);
  });
});

describe('two texts with one key', () => {
  // Well known of FNV-1a. If the key is ever computed in another way, the files that exist hold the wrong ones.
  const [one, other] = ['costarring', 'liquid'];

  it('are two histories and two ids', async () => {
    expect(keyOf(one)).toBe(keyOf(other));
    const store = sqliteEventStore({ file: ':memory:', clock: new VirtualClock(0) });
    const about = (id: string): NewEvent => anEvent({ id, metadata: { correlationId: id } });
    await store.append('log-1', [about(one)], 'none');
    expect(await store.append('log-1', [about(other)], 0)).toMatchObject({ revision: 1, repeated: false });
    expect(await all(store.readCorrelation(other))).toMatchObject([{ id: other }]);
    expect(await store.append('log-1', [about(one)], 0)).toMatchObject({ revision: 0, repeated: true });
    await store.close();
  });
});

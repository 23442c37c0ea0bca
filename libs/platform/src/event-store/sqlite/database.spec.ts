import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { StoreUnavailable } from '../faults.js';
import { openDatabase } from './database.js';

describe('the SQLite file', () => {
  let folder: string;
  let file: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'handover-file-'));
    file = join(folder, 'handover.db');
  });
  afterEach(() => rm(folder, { recursive: true }));

  const pragma = (name: string): unknown => {
    using database = openDatabase(file);
    return Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0];
  };

  it('is durable: a write-ahead log, synced at each commit', () => {
    expect(pragma('journal_mode')).toBe('wal');
    expect(pragma('synchronous')).toBe(2);
  });

  it('is refused if a newer program wrote it', () => {
    {
      using database = openDatabase(file);
      database.exec('PRAGMA user_version = 99');
    }
    expect(() => openDatabase(file)).toThrow(StoreUnavailable);
    expect(() => openDatabase(file)).toThrow('has format 99; this program reads 1');
  });

  it('is given the present indexes, its events kept, if an older program wrote it', () => {
    const tables = (): unknown[] => {
      using database = openDatabase(file);
      return database.prepare('SELECT name, sql FROM sqlite_schema ORDER BY name').all();
    };
    const present = tables();
    {
      using database = openDatabase(file);
      database.exec(`
        INSERT INTO events (stream, revision, id, type, correlation_id, data, metadata)
          VALUES ('handover-1', 0, 'a', 'Said', 'handover-1', '{}', '{}');
        DROP INDEX events_by_event_id;
        CREATE UNIQUE INDEX events_by_id ON events (stream, id);
      `);
    }
    expect(tables()).toEqual(present);
    using database = openDatabase(file);
    expect(database.prepare('SELECT id FROM events').all()).toEqual([{ id: 'a' }]);
  });

  it('is refused if it is no database', async () => {
    await writeFile(file, 'These are notes, not events. '.repeat(100));
    expect(() => openDatabase(file)).toThrow(StoreUnavailable);
  });
});

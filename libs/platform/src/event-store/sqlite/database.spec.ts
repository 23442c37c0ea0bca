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
    expect(() => openDatabase(file)).toThrow('has format 99; this program reads 2');
  });

  it('is refused if it is no database', async () => {
    await writeFile(file, 'These are notes, not events. '.repeat(100));
    expect(() => openDatabase(file)).toThrow(StoreUnavailable);
  });
});

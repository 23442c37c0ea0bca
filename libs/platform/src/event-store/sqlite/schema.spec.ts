import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { VirtualClock } from '@handover/kernel';
import { verifyStore } from '../operations/verify.js';
import { events } from '../testing/an-event.js';
import { all } from '../testing/until.js';
import { openDatabase } from './database.js';
import { sqliteEventStore } from './store.js';

const format1 = (idIndex: string): string => `
  PRAGMA journal_mode = WAL;
  CREATE TABLE events (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    stream TEXT NOT NULL,
    revision INTEGER NOT NULL,
    id TEXT NOT NULL,
    category TEXT NOT NULL GENERATED ALWAYS AS (substr(stream, 1, instr(stream, '-') - 1)) VIRTUAL,
    type TEXT NOT NULL,
    correlation_id TEXT NOT NULL,
    data TEXT NOT NULL,
    metadata TEXT NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX events_by_revision ON events (stream, revision);
  ${idIndex};
  CREATE INDEX events_by_correlation ON events (correlation_id);
  CREATE INDEX events_by_category ON events (category);
  CREATE INDEX events_by_type ON events (type);
  CREATE TABLE registers ( name TEXT PRIMARY KEY, value TEXT NOT NULL, revision INTEGER NOT NULL ) STRICT, WITHOUT ROWID;
  PRAGMA user_version = 1;
`;

const insert = `
  INSERT INTO events (stream, revision, id, type, correlation_id, data, metadata) VALUES (?, ?, ?, ?, ?, ?, ?)`;

describe.each([
  'CREATE INDEX events_by_event_id ON events (id)',
  'CREATE UNIQUE INDEX events_by_id ON events (stream, id)',
])('a file of format 1 (%s)', (idIndex) => {
  const clock = new VirtualClock(0);
  const stored = events(300);
  let folder: string;
  let file: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'handover-format-'));
    file = join(folder, 'handover.db');
    using database = new DatabaseSync(file);
    database.exec(format1(idIndex));
    for (const [revision, { id, type, data, metadata }] of stored.entries())
      database
        .prepare(insert)
        .run(
          'handover-1',
          revision,
          id,
          type,
          `c-${revision % 3}`,
          JSON.stringify(data),
          JSON.stringify(metadata),
        );
    database.exec(`INSERT INTO registers VALUES ('lease', '"me"', 4)`);
  });
  afterEach(() => rm(folder, { recursive: true }));

  const tablesOf = (name: string): unknown[] => {
    using database = openDatabase(name);
    return database
      .prepare('SELECT name, sql FROM sqlite_schema ORDER BY name')
      .all()
      .map(({ name: table, sql }) => [table, String(sql).replace(/\s+/g, ' ')]);
  };

  it('has the tables of a new one after it was opened, whole and once for all', async () => {
    expect(tablesOf(file)).toEqual(tablesOf(join(folder, 'new.db')));
    expect(tablesOf(file)).toEqual(tablesOf(join(folder, 'new.db')));
    expect(await verifyStore(file)).toEqual({ events: 300, streams: 1, faults: [] });
  });

  it('keeps its events, which are found in every way, its registers, and its place in the log', async () => {
    const store = sqliteEventStore({ file, clock });
    expect(await all(store.readStream('handover-1'))).toMatchObject(stored);
    expect(await all(store.readCorrelation('c-1'))).toHaveLength(100);
    expect(await store.readRegister('lease')).toEqual({ value: 'me', revision: 4 });
    expect(await store.append('handover-1', stored.slice(8, 10), 0)).toMatchObject({
      revision: 9,
      repeated: true,
    });
    expect(await store.append('handover-1', events(1), 299)).toMatchObject({
      revision: 300,
      repeated: false,
    });
    expect(await store.head()).toBe('0000000000000301');
    await store.close();
  });

  it('takes no more events from a program of the time before that has it open', () => {
    using old = new DatabaseSync(file);
    const append = old.prepare(insert);
    openDatabase(file).close();
    expect(() => append.run('handover-1', 300, 'a', 'Said', 'c-1', '{}', '{}')).toThrow(
      /no column named correlation_id/,
    );
  });

  it('is not changed by who only reads: it is told what to do', () => {
    expect(() => sqliteEventStore({ file, clock, readOnly: true })).toThrow(
      'has format 1; this program reads 2. A service that opens it brings it up to date.',
    );
  });

  it('stays as it was if it cannot be brought up to date', () => {
    {
      using database = new DatabaseSync(file);
      database.exec('CREATE TABLE recent_keys (in_the_way TEXT)');
    }
    expect(() => openDatabase(file)).toThrow(/recent_keys already exists/);
    using database = new DatabaseSync(file);
    expect(database.prepare('PRAGMA user_version').get()).toEqual({ user_version: 1 });
    expect(database.prepare('SELECT count(correlation_id) AS events FROM events').get()).toEqual({
      events: 300,
    });
  });
});

import { type DatabaseSync } from 'node:sqlite';
import { StoreUnavailable } from '../faults.js';
import { keyOf, keyTables } from './keys.js';

const schemaVersion = 2;

const keys = keyTables
  .map(
    (table) =>
      `CREATE TABLE ${table} (key INTEGER, position INTEGER, PRIMARY KEY (key, position)) STRICT, WITHOUT ROWID;`,
  )
  .join('\n');

// `category` follows from the stream, so the two cannot disagree. The position is AUTOINCREMENT: never given twice.
// Of each event `keys` or `recent_keys` have the key of its id and that of its correlation (keys.ts).
const schema = `
  CREATE TABLE events (
    position INTEGER PRIMARY KEY AUTOINCREMENT,
    stream TEXT NOT NULL,
    revision INTEGER NOT NULL,
    id TEXT NOT NULL,
    category TEXT NOT NULL GENERATED ALWAYS AS (substr(stream, 1, instr(stream, '-') - 1)) VIRTUAL,
    type TEXT NOT NULL,
    correlation TEXT NOT NULL,
    data TEXT NOT NULL,
    metadata TEXT NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX events_by_revision ON events (stream, revision);
  CREATE INDEX events_by_category ON events (category);
  CREATE INDEX events_by_type ON events (type);
  ${keys}
  CREATE TABLE registers (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL,
    revision INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
`;

/**
 * Format 1 had an index each on ids and on correlations. The renamed column keeps a program that knows only format 1
 * and has the file open from adding events without keys: it gets an error instead.
 */
const fromFormat1 = `
  ${keys}
  INSERT INTO keys
    SELECT key_of(id), position FROM events UNION SELECT key_of(correlation_id), position FROM events ORDER BY 1, 2;
  DROP INDEX IF EXISTS events_by_id;
  DROP INDEX IF EXISTS events_by_event_id;
  DROP INDEX events_by_correlation;
  ALTER TABLE events RENAME COLUMN correlation_id TO correlation;
`;

const steps: Readonly<Record<number, string>> = { 0: schema, 1: fromFormat1 };

/** Lets SQL ask for keys; only on this connection. */
export const addKeyFunction = (database: DatabaseSync): void =>
  database.function('key_of', { deterministic: true }, (text) => keyOf(String(text)));

/**
 * Gives a new file its tables, and an older one the present ones: all or nothing, its events kept.
 * @throws StoreUnavailable if a newer program wrote it
 */
export function createSchema(database: DatabaseSync, file: string): void {
  if (steps[formatOf(database)]) {
    database.exec('BEGIN IMMEDIATE');
    try {
      // Another process may have done it while this one waited for the lock.
      const step = steps[formatOf(database)];
      addKeyFunction(database);
      if (step) database.exec(`${step} PRAGMA user_version = ${schemaVersion}`);
      database.exec('COMMIT');
    } catch (fault) {
      if (database.isTransaction) database.exec('ROLLBACK');
      throw fault;
    }
  }
  checkFormat(database, file);
}

/** @throws StoreUnavailable if this program cannot use the file as it is */
export function checkFormat(database: DatabaseSync, file: string): void {
  const format = formatOf(database);
  if (format === schemaVersion) return;
  const remedy = format in steps ? ' A service that opens it brings it up to date.' : '';
  throw new StoreUnavailable(
    `The event store ${file} has format ${format}; this program reads ${schemaVersion}.${remedy}`,
  );
}

const formatOf = (database: DatabaseSync): number =>
  Number(database.prepare('PRAGMA user_version').get()?.user_version);

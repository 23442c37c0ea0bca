import { type DatabaseSync } from 'node:sqlite';
import { setImmediate as otherWork } from 'node:timers/promises';
import { StoreUnavailable } from '../faults.js';
import { asUnavailable, isCorrupt, openDatabaseToRead } from '../sqlite/database.js';
import { keyTables } from '../sqlite/keys.js';
import { addKeyFunction } from '../sqlite/schema.js';

/** One check of `verifyStore`; `finds` gives a line per fault. */
interface Check {
  readonly name: string;
  readonly finds: string;
}

export interface VerifyProgress {
  readonly check: string;
  readonly done: number;
  readonly of: number;
}

export interface VerifyReport {
  /** Absent, as `streams`, if the file is too damaged to count them. */
  readonly events?: number;
  readonly streams?: number;
  /** What is wrong, one line each; empty if the store is sound. At most 100 lines for one check. */
  readonly faults: readonly string[];
}

const faultsAtMost = 100;

const hasKey = (column: string): string => `EXISTS (
  ${keyTables
    .map((table) => `SELECT 1 FROM ${table} WHERE key = key_of(${column}) AND position = events.position`)
    .join(' UNION ALL ')})`;

const checks: readonly Check[] = [
  {
    name: 'the file is whole',
    finds: `SELECT integrity_check AS fault FROM pragma_integrity_check WHERE integrity_check <> 'ok'`,
  },
  {
    name: 'revisions have no gap',
    finds: `
      SELECT 'Stream ' || stream || ' has ' || count(*) || ' events with revisions ' || min(revision) || ' to ' || max(revision) || '.' AS fault
      FROM events GROUP BY stream HAVING min(revision) <> 0 OR max(revision) <> count(*) - 1 LIMIT ${faultsAtMost}`,
  },
  {
    name: 'ids are unique in their stream',
    finds: `
      SELECT 'Stream ' || stream || ' has event ' || id || ' ' || count(*) || ' times.' AS fault
      FROM events GROUP BY stream, id HAVING count(*) > 1 LIMIT ${faultsAtMost}`,
  },
  {
    name: 'events are found by id and correlation',
    finds: `
      SELECT 'Event ' || id || ' of stream ' || stream || ' is not found by its id or its correlation.' AS fault
      FROM events WHERE NOT (${hasKey('id')} AND ${hasKey('correlation')}) LIMIT ${faultsAtMost}`,
  },
  {
    name: 'revisions follow the log',
    finds: `
      SELECT 'Stream ' || stream || ' has revision ' || revision || ' before its predecessor in the log.' AS fault
      FROM (SELECT stream, revision, position, lag(position) OVER (PARTITION BY stream ORDER BY revision) AS previous FROM events)
      WHERE previous >= position LIMIT ${faultsAtMost}`,
  },
  {
    name: 'events can be read',
    finds: `
      SELECT 'Event ' || id || ' of stream ' || stream || ' is not JSON.' AS fault
      FROM events WHERE NOT json_valid(data) OR NOT json_valid(metadata) LIMIT ${faultsAtMost}`,
  },
];

/**
 * Checks an SQLite event store: the file, gap-free revisions, unique ids, keys, readable events. Reads only, and may run
 * while services use the file: it sees the moment at which it began.
 * @throws StoreUnavailable if the file is not there or is no event store
 */
export async function verifyStore(
  file: string,
  { onProgress = () => undefined }: { readonly onProgress?: (progress: VerifyProgress) => void } = {},
): Promise<VerifyReport> {
  try {
    using database = openForReading(file);
    addKeyFunction(database);
    database.exec('BEGIN');
    const faults: string[] = [];
    for (const [done, check] of checks.entries()) {
      onProgress({ check: check.name, done, of: checks.length });
      await otherWork();
      faults.push(...found(database, check));
    }
    onProgress({ check: 'all', done: checks.length, of: checks.length });
    return { ...counted(database), faults };
  } catch (fault) {
    if (fault instanceof StoreUnavailable && isCorrupt(fault.cause)) return { faults: [fault.message] };
    throw fault;
  }
}

function found(database: DatabaseSync, { name, finds }: Check): string[] {
  const read = (): string[] =>
    database
      .prepare(finds)
      .all()
      .map(({ fault }) => String(fault));
  return unlessCorrupt(read) ?? [`Not known whether ${name}: the file is damaged.`];
}

function counted(database: DatabaseSync): Pick<VerifyReport, 'events' | 'streams'> {
  const sql = 'SELECT count(*) AS events, count(DISTINCT stream) AS streams FROM events';
  const counts = unlessCorrupt(() => database.prepare(sql).get());
  return counts ? { events: Number(counts['events']), streams: Number(counts['streams']) } : {};
}

/** What was read; undefined if the damage of the file was met. */
function unlessCorrupt<Read>(read: () => Read): Read | undefined {
  try {
    return read();
  } catch (fault) {
    if (!isCorrupt(fault)) throw fault;
    return undefined;
  }
}

/** @throws StoreUnavailable if the file is not there or is no event store */
export function openForReading(file: string): DatabaseSync {
  try {
    const database = openDatabaseToRead(file);
    database.prepare('SELECT 1 FROM events LIMIT 1').get();
    return database;
  } catch (fault) {
    throw asUnavailable(fault, `${file} cannot be read as an event store`);
  }
}

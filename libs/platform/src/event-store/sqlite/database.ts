import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { StoreUnavailable } from '../faults.js';
import { checkFormat, createSchema } from './schema.js';

/**
 * Pages of the write-ahead log before they are moved into the file: 16 MB. Neighbouring commits change the same index
 * pages; moved later, they are moved once. (SQLite's default is 1,000.)
 */
const checkpointPages = 4_000;

/** Most memory for pages of the file, in KiB: keys are random and touch pages all over their table. (SQLite's default is 2,000.) */
const cacheKib = 32_000;

/** How long one statement waits, blocking this process, for another process's transaction. Longer waits are retried between other work. */
const blockedAtMostMs = 50;

/** SQLite's primary result code, which extended codes carry in their low byte; undefined for any other fault. */
const primaryCode = (fault: unknown): number | undefined =>
  typeof fault === 'object' && fault !== null && 'errcode' in fault && typeof fault.errcode === 'number'
    ? fault.errcode & 0xff
    : undefined;

const sqliteBusy = 5;
const sqliteCannotOpen = 14;

/** True if another process holds the lock: the same statement may succeed a moment later. */
export const isBusy = (fault: unknown): boolean => primaryCode(fault) === sqliteBusy;

/** SQLite's codes for what passes or can be mended from outside: busy, locked, I/O error, disk full, cannot open. */
const passing = [sqliteBusy, 6, 10, 13, 14];

/** True if SQLite could not do it now; false for a statement that is wrong. */
export const isPassing = (fault: unknown): boolean => passing.includes(primaryCode(fault) ?? -1);

/** True if the file does not hold what SQLite wrote: nothing mends that but a backup. */
export const isCorrupt = (fault: unknown): boolean => primaryCode(fault) === 11;

/** True if the file is damaged, or is none of SQLite's at all. */
export const isWorthless = (fault: unknown): boolean => isCorrupt(fault) || primaryCode(fault) === 26;

/** What an operator can do something about, by SQLite's code. */
const reasons: Readonly<Record<number, string>> = {
  5: 'another process holds the lock',
  8: 'the file is read-only',
  10: 'the disk reports an input/output error',
  11: 'the file is damaged: restore a backup',
  13: 'the disk is full',
  14: 'the file cannot be opened',
  26: 'the file is no database',
};

/** Why SQLite could not do it, in words for an operator; undefined for other faults, and for rare ones. */
export const reasonOf = (fault: unknown): string | undefined => reasons[primaryCode(fault) ?? -1];

/** An SQLite fault (disk full, file damaged, lock held …) as the port's `StoreUnavailable`; any other fault as it is. */
export const asUnavailable = (fault: unknown, what: string): unknown => {
  const code = primaryCode(fault);
  if (code === undefined) return fault;
  return new StoreUnavailable(`${what}: ${String(fault)}`, { cause: fault, reason: reasons[code] });
};

/**
 * Opens the store's file, creating it (and its folder) if it is not there.
 * Durability: WAL with `synchronous=FULL`, so a commit is on the disk before it is reported.
 * @throws StoreUnavailable if the file cannot be opened, is no event store, or was written by a newer version
 */
export function openDatabase(file: string): DatabaseSync {
  try {
    if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true });
    const database = new DatabaseSync(file, { timeout: 5_000 });
    retried(() => database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL'));
    retried(() => createSchema(database, file));
    database.exec(`
      PRAGMA busy_timeout = ${blockedAtMostMs};
      PRAGMA wal_autocheckpoint = ${checkpointPages};
      PRAGMA cache_size = -${cacheKib};
    `);
    return database;
  } catch (fault) {
    throw fault instanceof StoreUnavailable
      ? fault
      : new StoreUnavailable(`Cannot open the event store ${file}: ${String(fault)}`, { cause: fault });
  }
}

/**
 * Opens a store's file and changes nothing: it may lie on a read-only disk, or belong to another user.
 * @throws StoreUnavailable if the file cannot be opened, is no event store, or was written by a newer version
 */
export function openDatabaseToRead(file: string): DatabaseSync {
  try {
    const database = new DatabaseSync(file, { readOnly: true, timeout: 5_000 });
    try {
      checkFormat(database, file);
      return database;
    } catch (fault) {
      database.close();
      // The index of the write-ahead log cannot be created beside the file; it is not needed where there is no such log.
      if (primaryCode(fault) !== sqliteCannotOpen || existsSync(`${file}-wal`)) throw fault;
      const unchanging = pathToFileURL(file);
      unchanging.searchParams.set('immutable', '1');
      return new DatabaseSync(unchanging, { readOnly: true });
    }
  } catch (fault) {
    throw asUnavailable(fault, `Cannot read the event store ${file}`);
  }
}

/**
 * Two processes that switch one new file to WAL at once get "busy" without SQLite waiting: the loser asks again; and so
 * does who finds another at bringing a large file up to date.
 */
function retried(action: () => void, attemptsLeft = 100): void {
  try {
    action();
  } catch (fault) {
    if (!isBusy(fault) || attemptsLeft === 0) throw fault;
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20);
    retried(action, attemptsLeft - 1);
  }
}

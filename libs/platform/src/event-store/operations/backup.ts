import { rename, rm, stat } from 'node:fs/promises';
import { backup, DatabaseSync } from 'node:sqlite';
import { StoreUnavailable } from '../faults.js';
import { openForReading } from './verify.js';

export interface BackupProgress {
  readonly pages: number;
  readonly of: number;
}

/** Pages copied between two reports: about 1 MB. */
const pagesPerStep = 250;

/**
 * Copies an SQLite event store into a new file while services use it: the copy is the store at one moment, near the begin.
 * The new file appears under its name when it is complete. To restore: stop the services, put it in the store's place.
 * @throws StoreUnavailable if the source is no event store, or the target exists or cannot be written
 */
export async function backupStore(
  file: string,
  target: string,
  { onProgress = () => undefined }: { readonly onProgress?: (progress: BackupProgress) => void } = {},
): Promise<void> {
  if (await exists(target)) throw new StoreUnavailable(`${target} exists: a backup overwrites nothing.`);
  using source = openForReading(file);
  // A read transaction holds the moment: without it each commit of another process would begin the copy anew.
  source.exec('BEGIN');
  source.prepare('SELECT count(*) FROM events WHERE position < 1').get();
  const unfinished = `${target}.unfinished`;
  await rm(unfinished, { force: true });
  try {
    await backup(source, unfinished, {
      rate: pagesPerStep,
      progress: ({ totalPages, remainingPages }) =>
        onProgress({ pages: totalPages - remainingPages, of: totalPages }),
    });
    inOneFile(unfinished);
    await rename(unfinished, target);
  } catch (fault) {
    await rm(unfinished, { force: true });
    throw new StoreUnavailable(`The backup ${target} could not be written: ${String(fault)}`, {
      cause: fault,
    });
  }
}

/** Without a write-ahead log beside it, which a reader would otherwise create. */
function inOneFile(file: string): void {
  using database = new DatabaseSync(file);
  database.exec('PRAGMA journal_mode = DELETE');
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  );

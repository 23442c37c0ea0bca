import { mkdirSync, rmSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { type Logger } from 'pino';
import { StoreUnavailable } from '../event-store/faults.js';
import { isPassing, isWorthless, reasonOf } from '../event-store/sqlite/database.js';
import { type EventStore, type Position, type Revision, type StoredEvent } from '../event-store/port.js';
import { type Projection } from './port.js';

/** How far a view has come. */
export interface Checkpoint {
  readonly position: Position | null;
  readonly upTo: string | null;
  readonly applied: number;
  /** The last event folded in; null while there is none. */
  readonly eventId: string | null;
  readonly stream: string | null;
  readonly revision: Revision | null;
}

/** A fold threw: at which event. The events before it are folded in. */
export class FoldFault extends Error {
  override readonly name = 'FoldFault';
  constructor(
    readonly event: StoredEvent,
    override readonly cause: unknown,
  ) {
    super(`Projection stopped at event ${event.id} (${event.type}).`);
  }
}

/** How long a query waits, blocking this process, for another process that holds the file. */
const readerWaitsMs = 500;

export const checkpointTable = 'handover_checkpoint';

/** Removes a view's file, and what SQLite keeps beside it. */
export function removeFile(path: string): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true });
}

/**
 * A projection's tables and its checkpoint in one SQLite file, which several processes may fold into: each batch locks
 * the file, reads the checkpoint and skips what is folded already. So each event takes effect exactly once.
 */
export class ViewFile {
  readonly reader: DatabaseSync;
  private readonly writer: DatabaseSync;
  private readonly load: StatementSync;
  private readonly save: StatementSync;

  constructor(
    readonly path: string,
    private readonly projection: Projection,
  ) {
    mkdirSync(dirname(path), { recursive: true });
    this.writer = new DatabaseSync(path);
    try {
      // A lost last commit (power failure) only means folding those events again, so no fsync per commit.
      this.writer.exec('PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
      this.create();
    } catch (fault) {
      this.writer.close();
      throw fault;
    }
    this.load = this.writer.prepare(
      `SELECT position, up_to AS upTo, applied, event_id AS eventId, stream, revision FROM ${checkpointTable}`,
    );
    this.save = this.writer.prepare(
      `UPDATE ${checkpointTable} SET position = ?, up_to = ?, applied = ?, event_id = ?, stream = ?, revision = ?`,
    );
    // Whoever opens the file after a crash locks it for the time of its recovery.
    this.reader = new DatabaseSync(path, { readOnly: true, timeout: readerWaitsMs });
  }

  get name(): string {
    return basename(this.path);
  }

  checkpoint(): Checkpoint {
    return this.load.get() as unknown as Checkpoint;
  }

  /**
   * False if the log does not hold the last folded event at its place: the store was replaced, moved to another
   * adapter, or restored to an earlier state. Such a view is worthless.
   */
  async isOf(log: EventStore): Promise<boolean> {
    const { position, eventId, stream, revision } = this.checkpoint();
    if (stream === null || revision === null) return true;
    for await (const event of log.readStream(stream, { from: revision, limit: 1 }))
      return event.id === eventId && event.position === position;
    return false;
  }

  /**
   * Folds events in and notes the last one's position, all in one transaction.
   * @throws FoldFault at the first event whose fold throws; those before it are folded in and committed. Any other fault
   * is the file's, as of a full disk: nothing is folded in.
   */
  apply(events: readonly StoredEvent[]): Checkpoint {
    const failed = this.attempt(events);
    if (!failed) return this.checkpoint();
    // The transaction is undone as a whole. What precedes the failing event is sound: fold it once more.
    this.attempt(events.slice(0, failed.index));
    throw failed.fault;
  }

  /** The view as it is now, whatever is folded in later. Close it. */
  snapshot(): DatabaseSync {
    const snapshot = new DatabaseSync(this.path, { readOnly: true });
    snapshot.exec('BEGIN');
    snapshot.prepare(`SELECT * FROM ${checkpointTable}`).get(); // the moment is fixed by the first read
    return snapshot;
  }

  close(): void {
    this.reader.close();
    this.writer.close();
  }

  delete(): void {
    this.close();
    removeFile(this.path);
  }

  private create(): void {
    this.transaction(() => {
      this.writer.exec(`
        CREATE TABLE IF NOT EXISTS ${checkpointTable} (
          one INTEGER PRIMARY KEY CHECK (one = 1), position TEXT, up_to TEXT, applied INTEGER NOT NULL,
          event_id TEXT, stream TEXT, revision INTEGER
        )`);
      const { changes } = this.writer
        .prepare(`INSERT OR IGNORE INTO ${checkpointTable} VALUES (1, NULL, NULL, 0, NULL, NULL, NULL)`)
        .run();
      if (changes === 1) this.writer.exec(this.projection.schema);
    });
  }

  private attempt(events: readonly StoredEvent[]): { index: number; fault: FoldFault } | undefined {
    let index = 0;
    try {
      this.transaction(() => {
        const before = this.checkpoint();
        const fresh = before.position ?? '';
        let { applied } = before;
        for (const event of events) {
          if (event.position > fresh) {
            this.fold(event);
            applied += 1;
          }
          index += 1;
        }
        const last = events.at(-1);
        if (last && last.position > fresh) this.note(last, applied);
      });
      return undefined;
    } catch (fault) {
      if (fault instanceof FoldFault) return { index, fault };
      throw fault;
    }
  }

  private note({ position, metadata, id, stream, revision }: StoredEvent, applied: number): void {
    this.save.run(position, metadata.recordedAt, applied, id, stream, revision);
  }

  private fold(event: StoredEvent): void {
    try {
      this.projection.apply(event, this.writer);
    } catch (fault) {
      if (isPassing(fault)) throw fault;
      throw new FoldFault(event, fault);
    }
  }

  private transaction(work: () => void): void {
    this.writer.exec('BEGIN IMMEDIATE');
    try {
      work();
      this.writer.exec('COMMIT');
    } catch (fault) {
      if (this.writer.isTransaction) this.writer.exec('ROLLBACK');
      throw fault;
    }
  }
}

/**
 * Opens a view. A damaged one is thrown away and begun anew: the log has everything.
 * @throws StoreUnavailable, which names the file, if it can be neither opened nor created
 */
export function openViewFile(path: string, projection: Projection, log: Logger): ViewFile {
  try {
    return new ViewFile(path, projection);
  } catch (fault) {
    if (!isWorthless(fault))
      throw new StoreUnavailable(`The view ${path} cannot be opened: ${reasonOf(fault) ?? String(fault)}`, {
        cause: fault,
      });
    log.warn({ projection: projection.name, file: path, err: fault }, 'the view is damaged: beginning anew');
    removeFile(path);
    return new ViewFile(path, projection);
  }
}

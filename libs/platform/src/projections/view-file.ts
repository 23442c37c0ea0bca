import { mkdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { type Position, type StoredEvent } from '../event-store/port.js';
import { type Projection } from './port.js';

/** How far a view has come. */
export interface Checkpoint {
  /** Id of the first event of the log that it was folded from: a view of another log is worthless. */
  readonly origin: string | null;
  readonly position: Position | null;
  readonly upTo: string | null;
  readonly applied: number;
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

const checkpointTable = `
  CREATE TABLE IF NOT EXISTS handover_checkpoint (
    one INTEGER PRIMARY KEY CHECK (one = 1), origin TEXT, position TEXT, up_to TEXT, applied INTEGER NOT NULL
  )`;

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
    private readonly file: string,
    private readonly projection: Projection,
  ) {
    mkdirSync(dirname(file), { recursive: true });
    this.writer = new DatabaseSync(file);
    // A lost last commit (power failure) only means folding those events again, so no fsync per commit.
    this.writer.exec('PRAGMA busy_timeout = 5000; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
    this.create();
    this.load = this.writer.prepare(
      'SELECT origin, position, up_to AS upTo, applied FROM handover_checkpoint WHERE one = 1',
    );
    this.save = this.writer.prepare(
      'UPDATE handover_checkpoint SET position = ?, up_to = ?, applied = ? WHERE one = 1',
    );
    this.reader = new DatabaseSync(file, { readOnly: true });
  }

  checkpoint(): Checkpoint {
    return this.load.get() as unknown as Checkpoint;
  }

  startedFrom(origin: string): void {
    this.writer.prepare('UPDATE handover_checkpoint SET origin = ? WHERE one = 1').run(origin);
  }

  /**
   * Folds events in and notes the last one's position, all in one transaction.
   * @throws FoldFault at the first event whose fold throws; those before it are folded in and committed
   */
  apply(events: readonly StoredEvent[]): Checkpoint {
    const failed = this.attempt(events);
    if (!failed) return this.checkpoint();
    // The transaction is undone as a whole. What precedes the failing event is sound: fold it once more.
    this.attempt(events.slice(0, failed.index));
    throw failed.fault;
  }

  close(): void {
    this.reader.close();
    this.writer.close();
  }

  delete(): void {
    this.close();
    for (const suffix of ['', '-wal', '-shm']) rmSync(this.file + suffix, { force: true });
  }

  private create(): void {
    this.transaction(() => {
      this.writer.exec(checkpointTable);
      const { changes } = this.writer
        .prepare('INSERT OR IGNORE INTO handover_checkpoint VALUES (1, NULL, NULL, NULL, 0)')
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
        if (last && last.position > fresh) this.save.run(last.position, last.metadata.recordedAt, applied);
      });
      return undefined;
    } catch (fault) {
      if (fault instanceof FoldFault) return { index, fault };
      throw fault;
    }
  }

  private fold(event: StoredEvent): void {
    try {
      this.projection.apply(event, this.writer);
    } catch (fault) {
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

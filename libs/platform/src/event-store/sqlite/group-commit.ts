import { type DatabaseSync } from 'node:sqlite';
import { RevisionConflict, StoreUnavailable } from '../faults.js';
import { asUnavailable, isBusy } from './database.js';

/** Most writes in one transaction. */
const groupAtMost = 1_000;
const lockRetryMs = 5;

/** Does one write inside the open transaction; returns how to tell its caller after the commit. */
type Write = () => () => void;

interface Waiting {
  readonly write: Write;
  readonly reject: (fault: unknown) => void;
}

/**
 * Writes that are asked for in one turn of the event loop share one transaction, so one wait for the disk.
 * Each caller still gets its own answer: a write that throws `RevisionConflict` (before it has written anything)
 * fails alone; any other fault rolls back the whole group.
 */
export class GroupCommit {
  private waiting: Waiting[] = [];
  private flushing?: Promise<void>;

  constructor(
    private readonly database: DatabaseSync,
    private readonly onCommit: () => void,
    /** How long a write waits for other processes that hold the lock. */
    private readonly lockWaitMs = 10_000,
  ) {}

  /** Runs the write in a transaction. Resolves when it is durable. @throws what the write throws, or StoreUnavailable */
  run<Value>(write: () => Value): Promise<Value> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ write: () => attempt(write, resolve, reject), reject });
      this.flushing ??= this.flushAll();
    });
  }

  /** Resolves when no write is waiting. */
  async idle(): Promise<void> {
    await this.flushing;
  }

  private async flushAll(): Promise<void> {
    while (this.waiting.length > 0) {
      await new Promise(setImmediate);
      let group: readonly Waiting[] = this.waiting;
      try {
        await this.begin();
        group = this.waiting.splice(0, groupAtMost);
        this.commit(group);
      } catch (fault) {
        this.waiting = this.waiting.filter((write) => !group.includes(write));
        for (const { reject } of group)
          reject(asUnavailable(fault, 'Nothing was written to the event store'));
      }
    }
    this.flushing = undefined;
  }

  private commit(group: readonly Waiting[]): void {
    let answers: (() => void)[];
    try {
      answers = group.map(({ write }) => write());
      this.database.exec('COMMIT');
    } catch (fault) {
      if (this.database.isTransaction) this.database.exec('ROLLBACK');
      throw fault;
    }
    for (const answer of answers) answer();
    this.onCommit();
  }

  private async begin(): Promise<void> {
    const deadline = performance.now() + this.lockWaitMs;
    for (;;) {
      try {
        this.database.exec('BEGIN IMMEDIATE');
        return;
      } catch (fault) {
        if (!isBusy(fault)) throw fault;
        if (performance.now() > deadline)
          throw new StoreUnavailable(
            `Another process has held the event store's lock for ${this.lockWaitMs} ms.`,
          );
        await new Promise((resume) => setTimeout(resume, lockRetryMs));
      }
    }
  }
}

function attempt<Value>(
  write: () => Value,
  resolve: (value: Value) => void,
  reject: (fault: unknown) => void,
): () => void {
  try {
    const value = write();
    return () => resolve(value);
  } catch (fault) {
    if (fault instanceof RevisionConflict) return () => reject(fault);
    throw fault;
  }
}

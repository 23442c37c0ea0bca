import { DatabaseSync, type StatementSync } from 'node:sqlite';

/** One event as a row: what the adapter stores for it. */
export interface BareEvent {
  readonly stream: string;
  readonly revision: number;
  readonly id: string;
  readonly data: object;
  readonly metadata: { readonly correlationId: string };
}

/**
 * An event table as one writes it without the adapter: the same columns, found by the same (an index on each, where the
 * adapter has its table of keys), the same durability (WAL, `synchronous=FULL`), but no revision check, no recognition of repeats, no subscriptions, one process.
 */
export class BareSqlite implements Disposable {
  readonly database: DatabaseSync;
  private readonly insert: StatementSync;

  constructor(file: string) {
    this.database = new DatabaseSync(file);
    this.database.exec(`
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = FULL;
      PRAGMA cache_size = -32000;
      CREATE TABLE events (
        position INTEGER PRIMARY KEY AUTOINCREMENT, stream TEXT NOT NULL, revision INTEGER NOT NULL, id TEXT NOT NULL,
        category TEXT NOT NULL GENERATED ALWAYS AS (substr(stream, 1, instr(stream, '-') - 1)) VIRTUAL,
        type TEXT NOT NULL, correlation_id TEXT NOT NULL, data TEXT NOT NULL, metadata TEXT NOT NULL
      ) STRICT;
      CREATE UNIQUE INDEX by_revision ON events (stream, revision);
      CREATE INDEX by_id ON events (id);
      CREATE INDEX by_correlation ON events (correlation_id);
      CREATE INDEX by_category ON events (category);
      CREATE INDEX by_type ON events (type);
    `);
    this.insert = this.database.prepare(
      'INSERT INTO events (stream, revision, id, type, correlation_id, data, metadata) VALUES (?, ?, ?, ?, ?, ?, ?)',
    );
  }

  /** Inserts all in one transaction. */
  append(events: readonly BareEvent[], type: string): void {
    this.database.exec('BEGIN IMMEDIATE');
    for (const { stream, revision, id, data, metadata } of events) {
      const [text, about] = [JSON.stringify(data), JSON.stringify(metadata)];
      this.insert.run(stream, revision, id, type, metadata.correlationId, text, about);
    }
    this.database.exec('COMMIT');
  }

  [Symbol.dispose](): void {
    this.database.close();
  }
}

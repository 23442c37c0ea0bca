import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { BusUnavailable } from '../faults.js';
import { partitionOf } from '../partitioner.js';
import { type BusMessage, type LoggedMessage, type PartitionOffsets, type TopicSpec } from '../port.js';

const schema = `
  CREATE TABLE IF NOT EXISTS topics (
    name TEXT PRIMARY KEY, partitions INTEGER NOT NULL, compacted INTEGER NOT NULL, retention_ms INTEGER
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS partitions (
    id INTEGER PRIMARY KEY, topic TEXT NOT NULL REFERENCES topics, partition INTEGER NOT NULL,
    next INTEGER NOT NULL DEFAULT 0, UNIQUE (topic, partition)
  ) STRICT;
  -- at = partition id * 2^32 + offset: one B-tree, in reading order.
  CREATE TABLE IF NOT EXISTS messages (
    at INTEGER PRIMARY KEY, key TEXT NOT NULL, value BLOB, headers TEXT NOT NULL, time INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE IF NOT EXISTS positions (
    consumer TEXT NOT NULL, partition_id INTEGER NOT NULL REFERENCES partitions, next INTEGER NOT NULL,
    PRIMARY KEY (consumer, partition_id)
  ) STRICT, WITHOUT ROWID;
`;

export const offsetsPerPartition = 2 ** 32;
const pageMessages = 256;
const pageBytes = 4 * 1024 * 1024;

export interface LogTopic extends TopicSpec {
  /** Row ids of the partitions, by number. */
  readonly ids: readonly number[];
}

/** A group's place in a partition. */
export interface Position {
  readonly group: string;
  readonly partitionId: number;
  readonly next: number;
}

/** The tables of the embedded bus: topics, their messages, and how far each group has come. Synchronous. */
export class MessageLog {
  private readonly database: DatabaseSync;
  private readonly statements = new Map<string, StatementSync>();
  private readonly known = new Map<string, LogTopic>();

  /** @param file a path, or `:memory:` */
  constructor(
    file: string,
    private readonly now: () => number,
  ) {
    try {
      this.database = new DatabaseSync(file, { timeout: 5_000 });
      this.database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON;');
    } catch (cause) {
      throw new BusUnavailable(`The embedded bus cannot open ${file}.`, { cause });
    }
    this.transact(() => this.database.exec(schema));
  }

  /** undefined if it does not exist. */
  topic(name: string): LogTopic | undefined {
    const known = this.known.get(name);
    if (known) return known;
    const row = this.sql('SELECT * FROM topics WHERE name = ?').get(name);
    if (!row) return undefined;
    const ids = this.sql('SELECT id FROM partitions WHERE topic = ? ORDER BY partition').all(name);
    const topic: LogTopic = {
      name,
      partitions: Number(row['partitions']),
      compacted: row['compacted'] === 1,
      ...(row['retention_ms'] !== null && { retentionMs: Number(row['retention_ms']) }),
      ids: ids.map(({ id }) => Number(id)),
    };
    this.known.set(name, topic);
    return topic;
  }

  topicNames(): string[] {
    return this.sql('SELECT name FROM topics ORDER BY name')
      .all()
      .map(({ name }) => String(name));
  }

  createTopic({ name, partitions, compacted, retentionMs }: TopicSpec): void {
    this.transact(() => {
      this.sql('INSERT INTO topics VALUES (?, ?, ?, ?)').run(
        name,
        partitions,
        compacted ? 1 : 0,
        retentionMs ?? null,
      );
      const insert = this.sql('INSERT INTO partitions (topic, partition) VALUES (?, ?)');
      for (let partition = 0; partition < partitions; partition += 1) insert.run(name, partition);
    });
  }

  /** Appends messages and moves positions in one durable transaction. Topics must exist. */
  write(messages: readonly BusMessage[], positions: readonly Position[]): void {
    const time = this.now();
    this.transact(() => {
      const take = this.sql('UPDATE partitions SET next = next + 1 WHERE id = ? RETURNING next');
      const insert = this.sql('INSERT INTO messages VALUES (?, ?, ?, ?, ?)');
      for (const { topic, key, value, headers, partition } of messages) {
        const ids = this.topic(topic)?.ids ?? [];
        const id = ids[partition ?? partitionOf(key, ids.length)] ?? -1;
        const offset = Number(take.get(id)?.['next']) - 1;
        insert.run(id * offsetsPerPartition + offset, key, value, JSON.stringify(headers), time);
      }
      const move = this.sql('INSERT OR REPLACE INTO positions VALUES (?, ?, ?)');
      for (const { group, partitionId, next } of positions) move.run(group, partitionId, next);
    });
  }

  /** A page of a partition from an offset on: at most 256 messages or about 4 MiB. */
  read(topic: LogTopic, partition: number, from: number): LoggedMessage[] {
    const id = topic.ids[partition] ?? -1;
    const rows = this.sql('SELECT * FROM messages WHERE at BETWEEN ? AND ? ORDER BY at LIMIT ?').iterate(
      id * offsetsPerPartition + from,
      (id + 1) * offsetsPerPartition - 1,
      pageMessages,
    );
    const page: LoggedMessage[] = [];
    let bytes = 0;
    for (const { at, key, value, headers, time } of rows) {
      const bytesOfValue =
        value instanceof Uint8Array ? Buffer.from(value.buffer, value.byteOffset, value.length) : null;
      page.push({
        topic: topic.name,
        partition,
        offset: String(Number(at) % offsetsPerPartition),
        key: String(key),
        value: bytesOfValue,
        headers: JSON.parse(String(headers)),
        timestamp: Number(time),
      });
      bytes += bytesOfValue?.length ?? 0;
      if (bytes >= pageBytes) break;
    }
    return page;
  }

  position(group: string, partitionId: number): number | undefined {
    const row = this.sql('SELECT next FROM positions WHERE consumer = ? AND partition_id = ?').get(
      group,
      partitionId,
    );
    return row && Number(row['next']);
  }

  end(partitionId: number): number {
    return Number(this.sql('SELECT next FROM partitions WHERE id = ?').get(partitionId)?.['next'] ?? 0);
  }

  offsets(topic: LogTopic, group?: string): PartitionOffsets[] {
    return topic.ids.map((id, partition) => {
      const end = this.end(id);
      const committed = group === undefined ? undefined : this.position(group, id);
      const first = this.sql('SELECT min(at) AS at FROM messages WHERE at BETWEEN ? AND ?').get(
        id * offsetsPerPartition,
        (id + 1) * offsetsPerPartition - 1,
      )?.['at'];
      return {
        partition,
        begin: String(first === null ? end : Number(first) % offsetsPerPartition),
        end: String(end),
        ...(committed !== undefined && { committed: String(committed) }),
      };
    });
  }

  /** Changes whenever another connection has written to the file. */
  dataVersion(): number {
    return Number(this.sql('PRAGMA data_version').get()?.['data_version']);
  }

  /** Runs SQL in one transaction. @throws BusUnavailable if the file cannot be written */
  transact(work: () => void): void {
    try {
      this.database.exec('BEGIN IMMEDIATE');
      work();
      this.database.exec('COMMIT');
    } catch (cause) {
      if (this.database.isOpen && this.database.isTransaction) this.database.exec('ROLLBACK');
      throw new BusUnavailable('The embedded bus cannot write its file.', { cause });
    }
  }

  sql(text: string): StatementSync {
    let statement = this.statements.get(text);
    if (!statement) {
      statement = this.database.prepare(text);
      this.statements.set(text, statement);
    }
    return statement;
  }

  close(): void {
    this.database.close();
  }
}

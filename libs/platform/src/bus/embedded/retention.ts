import { dayMs } from '@handover/kernel';
import { type LogTopic, type MessageLog, offsetsPerPartition } from './log.js';

/** How long a compacted topic keeps a tombstone, so that every consumer can see it; Kafka's default. */
const tombstoneMs = dayMs;

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A compacted partition after its last compaction. */
interface Compacted {
  readonly end: number;
  readonly messages: number;
  /** When its oldest tombstone may go; Infinity if it has none. */
  readonly tombstoneDue: number;
}

/** Drops what retention and compaction no longer promise. Offsets stay as they are: consumers skip the gaps. */
export class Trimmer {
  private readonly compacted = new Map<number, Compacted>();
  private stopped = false;

  constructor(
    private readonly log: MessageLog,
    private readonly now: () => number,
  ) {}

  /** Goes through all partitions, one at a time, and lets others work in between. */
  async run(): Promise<void> {
    for (const name of this.log.topicNames()) {
      const topic = this.log.topic(name);
      for (const id of topic?.ids ?? []) {
        await turn();
        if (this.stopped || !topic) return;
        this.trim(topic, id);
      }
    }
  }

  stop(): void {
    this.stopped = true;
  }

  private trim({ compacted, retentionMs }: LogTopic, id: number): void {
    if (compacted) this.compact(id);
    else if (retentionMs !== undefined) dropOlder(this.log, id, this.now() - retentionMs);
  }

  /** Keeps the newest message of each key, and a tombstone only for a while; when half of the partition is new (as Kafka). */
  private compact(id: number): void {
    const last = this.compacted.get(id);
    const end = this.log.end(id);
    if (last && end - last.end < Math.max(1, last.messages) && this.now() < last.tombstoneDue) return;
    const range = rangeOf(id);
    this.log.transact(() =>
      this.log
        .sql(
          `WITH mine AS (SELECT at, key, value, time FROM messages WHERE at BETWEEN ? AND ?),
                newest AS (SELECT max(at) AS at FROM mine GROUP BY key)
           DELETE FROM messages WHERE at IN (
             SELECT at FROM mine
             WHERE at NOT IN (SELECT at FROM newest) OR (value IS NULL AND time < ?))`,
        )
        .run(...range, this.now() - tombstoneMs),
    );
    const left = this.log
      .sql(
        `SELECT count(*) AS messages, min(time) FILTER (WHERE value IS NULL) AS oldest
         FROM messages WHERE at BETWEEN ? AND ?`,
      )
      .get(...range);
    const oldest = left?.['oldest'] ?? null;
    const tombstoneDue = oldest === null ? Infinity : Number(oldest) + tombstoneMs + 1;
    this.compacted.set(id, { end, messages: Number(left?.['messages']), tombstoneDue });
  }
}

/** The keys of the partition's messages in the table. */
const rangeOf = (id: number): [number, number] => [
  id * offsetsPerPartition,
  (id + 1) * offsetsPerPartition - 1,
];

/** Time goes with offsets: it looks at what it drops and at one message more. */
function dropOlder(log: MessageLog, id: number, before: number): void {
  const [first, last] = rangeOf(id);
  const kept = log
    .sql('SELECT at FROM messages WHERE at BETWEEN ? AND ? AND time >= ? ORDER BY at LIMIT 1')
    .get(first, last, before);
  log.transact(() =>
    log.sql('DELETE FROM messages WHERE at BETWEEN ? AND ?').run(first, kept ? Number(kept['at']) - 1 : last),
  );
}

import { dayMs } from '@handover/kernel';
import { type MessageLog, type LogTopic, offsetsPerPartition } from './log.js';

/** How long a compacted topic keeps a tombstone, so that every consumer can see it; Kafka's default. */
const tombstoneMs = dayMs;

/** Drops what retention and compaction no longer promise. Offsets stay as they are: consumers skip the gaps. */
export function trim(log: MessageLog, now: number): void {
  for (const name of log.topicNames()) {
    const topic = log.topic(name);
    if (!topic) continue;
    if (topic.retentionMs !== undefined) dropOlder(log, topic, now - topic.retentionMs);
    if (topic.compacted) compact(log, topic, now - tombstoneMs);
  }
}

function dropOlder(log: MessageLog, topic: LogTopic, before: number): void {
  for (const id of topic.ids)
    log.transact(() =>
      log
        .sql('DELETE FROM messages WHERE at BETWEEN ? AND ? AND time < ?')
        .run(id * offsetsPerPartition, (id + 1) * offsetsPerPartition - 1, before),
    );
}

/** Keeps the newest message of each key, and a tombstone only for a while. */
function compact(log: MessageLog, topic: LogTopic, tombstonesBefore: number): void {
  for (const id of topic.ids)
    log.transact(() =>
      log
        .sql(
          `WITH mine AS (SELECT at, key, value, time FROM messages WHERE at BETWEEN ? AND ?),
                newest AS (SELECT max(at) AS at FROM mine GROUP BY key)
           DELETE FROM messages WHERE at IN (
             SELECT at FROM mine
             WHERE at NOT IN (SELECT at FROM newest) OR (value IS NULL AND time < ?))`,
        )
        .run(id * offsetsPerPartition, (id + 1) * offsetsPerPartition - 1, tombstonesBefore),
    );
}

import { type TopicOutcome, type TopicSpec } from '../port.js';
import { type MessageLog } from './log.js';

/** What differs between a topic and its specification, in words; undefined if nothing does. */
function differenceOf(actual: TopicSpec, wanted: TopicSpec): string | undefined {
  const differences = [
    actual.partitions !== wanted.partitions && `${actual.partitions} partitions, not ${wanted.partitions}`,
    Boolean(actual.compacted) !== Boolean(wanted.compacted) &&
      (wanted.compacted ? 'not compacted' : 'compacted, but should not be'),
    actual.retentionMs !== wanted.retentionMs &&
      `retention ${actual.retentionMs ?? 'unlimited'} ms, not ${wanted.retentionMs ?? 'unlimited'}`,
  ];
  return differences.filter(Boolean).join('; ') || undefined;
}

export function applyTopic(log: MessageLog, wanted: TopicSpec, dryRun: boolean): TopicOutcome {
  const topic = wanted.name;
  const actual = log.topic(topic);
  if (actual) {
    const difference = differenceOf(actual, wanted);
    return difference ? { topic, outcome: 'differs', difference } : { topic, outcome: 'unchanged' };
  }
  if (dryRun) return { topic, outcome: 'missing' };
  log.createTopic(wanted);
  return { topic, outcome: 'created' };
}

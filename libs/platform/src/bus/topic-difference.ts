import { type TopicSpec } from './port.js';

/** What differs between a topic and its specification, in words; undefined if nothing does. */
export function differenceOf(actual: TopicSpec, wanted: TopicSpec): string | undefined {
  const differences = [
    actual.partitions !== wanted.partitions && `${actual.partitions} partitions, not ${wanted.partitions}`,
    Boolean(actual.compacted) !== Boolean(wanted.compacted) &&
      (wanted.compacted ? 'not compacted' : 'compacted, but should not be'),
    // A compacted topic keeps its keys whatever its retention says.
    !wanted.compacted &&
      actual.retentionMs !== wanted.retentionMs &&
      `retention ${actual.retentionMs ?? 'unlimited'} ms, not ${wanted.retentionMs ?? 'unlimited'}`,
  ];
  return differences.filter(Boolean).join('; ') || undefined;
}

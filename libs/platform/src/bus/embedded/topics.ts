import { type TopicOutcome, type TopicSpec } from '../port.js';
import { differenceOf } from '../topic-difference.js';
import { type MessageLog } from './log.js';

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

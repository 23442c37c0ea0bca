import { type TopicOutcome, type TopicSpec } from './bus/port.js';
import { type Platform } from './platform.js';

/**
 * Makes sure, before services start, that their topics exist: creates the missing ones (`HANDOVER_TOPICS=apply`, the
 * embedded bus's default) or only looks (`verify`). What is missing or differs is logged and returned.
 */
export async function prepareBus(
  { bus, config, log }: Pick<Platform, 'bus' | 'config' | 'log'>,
  topics: readonly TopicSpec[],
): Promise<readonly TopicOutcome[]> {
  const outcomes = await bus.applyTopics(topics, { dryRun: config.topics === 'verify' });
  const wanting = outcomes.filter(({ outcome }) => outcome === 'missing' || outcome === 'differs');
  for (const { topic, outcome, difference } of wanting)
    log.warn({ topic, outcome, difference }, 'topic is not as it should be; see "handover topics apply"');
  return wanting;
}

import { type TopicSpec } from './bus/port.js';
import { BusUnavailable } from './bus/faults.js';
import { pause } from './clock/wall.js';
import { type Platform } from './platform.js';

const retryMs = 2_000;

/**
 * Makes sure that topics exist: creates the missing ones (`HANDOVER_TOPICS=apply`, the embedded bus's default) or only
 * looks (`verify`), and logs which are missing or differ. Resolves after the first attempt; a broker that is away is
 * asked again until it answers or the returned function is called. Consumers and relay wait for their topics meanwhile.
 */
export async function prepareBus(
  platform: Pick<Platform, 'bus' | 'config' | 'log' | 'wall'>,
  topics: readonly TopicSpec[],
): Promise<() => void> {
  const stopping = new AbortController();
  const keepTrying = async (): Promise<void> => {
    do await pause(platform.wall, retryMs, stopping.signal);
    while (!stopping.signal.aborted && !(await attempt(platform, topics)));
  };
  if (!(await attempt(platform, topics))) void keepTrying();
  return () => stopping.abort();
}

async function attempt(
  { bus, config, log }: Pick<Platform, 'bus' | 'config' | 'log'>,
  topics: readonly TopicSpec[],
): Promise<boolean> {
  try {
    for (const { topic, outcome, difference } of await bus.applyTopics(topics, {
      dryRun: config.topics === 'verify',
    }))
      if (outcome === 'missing' || outcome === 'differs')
        log.warn({ topic, outcome, difference }, 'topic is not as it should be; see "handover topics apply"');
    return true;
  } catch (fault) {
    log.warn({ err: fault }, 'topics could not be checked; trying again');
    return !(fault instanceof BusUnavailable);
  }
}

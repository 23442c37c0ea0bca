import { type Bus, type ConsumerStatus } from './port.js';

/** How long an operator's question may wait for a broker. */
const answerWithinMs = 1_000;

/**
 * Messages that the partitions of a consumer hold beyond what it has done; undefined if the broker does not tell within
 * a second.
 */
export async function lagOf(
  bus: Pick<Bus, 'offsets'>,
  { partitions }: Pick<ConsumerStatus, 'partitions'>,
): Promise<number | undefined> {
  const topics = [...new Set(partitions.map(({ topic }) => topic))];
  const asked = Promise.all(
    topics.map(async (topic) => {
      const reach = await bus.offsets(topic);
      return partitions
        .filter((each) => each.topic === topic)
        .map(({ partition, position }) => Number(reach[partition]?.end ?? position) - Number(position));
    }),
  );
  const lags = await within(answerWithinMs, asked);
  return lags?.flat().reduce((total, lag) => total + Math.max(0, lag), 0);
}

/** The answer, or undefined if it takes too long or fails. */
async function within<Answer>(spanMs: number, asked: Promise<Answer>): Promise<Answer | undefined> {
  const late = Promise.withResolvers<undefined>();
  const timer = setTimeout(() => late.resolve(undefined), spanMs);
  try {
    return await Promise.race([asked.catch(() => undefined), late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

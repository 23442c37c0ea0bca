import { type Bus, listParked, listQueues } from '@handover/platform';

/** Messages that a consumer has put aside: here all of them are sound, so none may be. A line for each key. */
export async function parked(bus: Bus): Promise<readonly string[]> {
  const queues = await listQueues(bus);
  const keys = await Promise.all(queues.map((queue) => listParked(bus, queue)));
  return queues.flatMap(({ topic, group }, index) =>
    (keys[index] ?? []).map(({ key, letters }) => `${letters.size} of ${topic} by ${group}, key ${key}`),
  );
}

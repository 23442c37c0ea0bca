import { type Bus, type DeadLetterQueue, deadLetterTopic, listQueues } from '@handover/platform/access';
import { Refused } from '../faults.js';

/** What a queue is called: its topic's name. */
export const nameOf = ({ topic, group }: DeadLetterQueue): string => deadLetterTopic(topic, group);

/** The queue of that name, or all queues. @throws Refused if there is none of that name */
export async function queuesOf(bus: Bus, name?: string): Promise<readonly DeadLetterQueue[]> {
  const queues = await listQueues(bus);
  if (name === undefined) return queues;
  const found = queues.filter((queue) => nameOf(queue) === name);
  if (found.length === 0)
    throw new Refused(
      `There is no queue "${name}". There are: ${queues.map(nameOf).join(', ') || 'none, nothing was ever parked'}.`,
    );
  return found;
}

/** @throws Refused if there is none of that name */
export async function queueOf(bus: Bus, name: string): Promise<DeadLetterQueue> {
  const [queue] = await queuesOf(bus, name);
  if (!queue) throw new Refused(`There is no queue "${name}".`);
  return queue;
}

import { topics } from '@handover/contracts';
import { type Bus, type LoggedMessage } from '@handover/platform';
import { until } from '../system/until.js';
import { type Logged } from './log.js';

const eventTopics = [
  topics.handoverEvents,
  topics.appointmentEvents,
  topics.callbackEvents,
  topics.surveyEvents,
] as const;
/** Stored, and of no concern to others. */
const storedOnly = ['BookOpened', 'CapacityProjected'];
const categoriesPublished = ['handover', 'slotbook', 'callback', 'survey'];

export interface Published {
  /** Messages received, repeats included. */
  readonly messages: number;
  readonly missing: readonly string[];
  readonly reordered: readonly string[];
}

/** Reads the event topics from their begin and compares them with the log: everything is there, in each handover's order. */
export async function comparePublished(
  bus: Bus,
  log: readonly Logged[],
  withinMs = 30_000,
): Promise<Published> {
  const expected = log.filter(
    ({ stream, type }) =>
      categoriesPublished.includes(stream.split('-', 1)[0] ?? '') && !storedOnly.includes(type),
  );
  const received: LoggedMessage[] = [];
  const seen = new Set<string>();
  const consumer = bus.subscribe({
    group: 'chaos',
    topics: [...eventTopics],
    ephemeral: true,
    handler: async (message) => {
      received.push(message);
      seen.add(idOf(message));
    },
  });
  const missing = (): readonly Logged[] => expected.filter(({ id }) => !seen.has(id));
  await until('all is published', async () => missing().length === 0, withinMs).catch(() => undefined);
  await consumer.stop();
  return {
    messages: received.length,
    missing: missing().map(({ type, id }) => `Stored, but not published: ${type} ${id}`),
    reordered: reordered(received, expected),
  };
}

const idOf = ({ headers }: LoggedMessage): string => headers['ce_id'] ?? '';

/** Where the first appearance of a message comes at another place among its topic and key than its event in the log. */
function reordered(received: readonly LoggedMessage[], log: readonly Logged[]): readonly string[] {
  const place = new Map(log.map(({ id }, index) => [id, index]));
  const last = new Map<string, number>();
  const seen = new Set<string>();
  const faults: string[] = [];
  for (const message of received) {
    const id = idOf(message);
    if (seen.has(id)) continue;
    seen.add(id);
    const key = `${message.topic} ${message.key}`;
    const at = place.get(id) ?? -1;
    if (at < (last.get(key) ?? -1))
      faults.push(`Out of order on ${key}: ${message.headers['ce_type']} ${id}`);
    last.set(key, at);
  }
  return faults;
}

import {
  BACKWARDS,
  END,
  type EventStoreDBClient,
  FORWARDS,
  type ReadPosition,
  type ReadRevision,
  type ReadAllOptions as LogOptions,
  type ReadStreamOptions as StreamOptions,
  START,
  type StreamingRead,
  StreamNotFoundError,
} from '@eventstore/db-client';
import { pageSize } from '../paging.js';
import { type Position, type ReadStreamOptions, type StoredEvent } from '../port.js';
import { reach } from './reach.js';
import { fromWire, logPosition, positionOf } from './wire.js';

// A follower node may lag behind, and whoever has just appended reads it back.
const requiresLeader = true;

/** Pages of a stream; of links, the events that they point to. A stream that does not exist has no page. */
export async function* streamPages(
  client: EventStoreDBClient,
  stream: string,
  { from, backwards = false, limit = Infinity }: ReadStreamOptions = {},
): AsyncIterable<StoredEvent[]> {
  const direction = backwards ? BACKWARDS : FORWARDS;
  let fromRevision: ReadRevision = from === undefined ? (backwards ? END : START) : BigInt(from);
  for (let left = limit; left > 0; left -= pageSize) {
    const maxCount = Math.min(pageSize, left);
    const options: StreamOptions = {
      direction,
      fromRevision,
      maxCount,
      resolveLinkTos: true,
      requiresLeader,
    };
    const page = await orNone(() => reach(() => collect(client.readStream(stream, options)), isNotFound));
    yield page.flatMap(({ event }) => fromWire(event) ?? []);
    const last = page.at(-1);
    const revision = (last?.link ?? last?.event)?.revision;
    if (page.length < maxCount || revision === undefined || (backwards && revision === 0n)) return;
    fromRevision = revision + (backwards ? -1n : 1n);
  }
}

/** Everything that a read gives. */
export async function collect<Element>(read: StreamingRead<Element>): Promise<Element[]> {
  // The client may report a fault a second time, when nobody reads any more: unheard it would end the process.
  read.on('error', () => undefined);
  const elements: Element[] = [];
  for await (const element of read) elements.push(element);
  return elements;
}

export const isNotFound = (fault: unknown): boolean => fault instanceof StreamNotFoundError;

async function orNone<Element>(read: () => Promise<Element[]>): Promise<Element[]> {
  try {
    return await read();
  } catch (fault) {
    if (isNotFound(fault)) return [];
    throw fault;
  }
}

/**
 * Our events of the log strictly beyond a position. The client filters on the server only in subscriptions, so here
 * everything travels, and what is not ours or not wanted is dropped.
 */
export async function* logEvents(
  client: EventStoreDBClient,
  { beyond, backwards = false, size = pageSize }: { beyond?: Position; backwards?: boolean; size?: number },
): AsyncIterable<StoredEvent> {
  const direction = backwards ? BACKWARDS : FORWARDS;
  // One more than a page: the server includes the event at the position itself when it reads forwards.
  const maxCount = size + 1;
  for (let edge = beyond; ;) {
    const fromPosition: ReadPosition = edge ? logPosition(edge) : backwards ? END : START;
    const options: LogOptions = { direction, fromPosition, maxCount, requiresLeader };
    const page = await reach(() => collect(client.readAll(options)));
    for (const { event } of page) {
      if (!event) continue;
      const position = positionOf(event.position);
      if (edge && (backwards ? position >= edge : position <= edge)) continue;
      edge = position;
      const stored = fromWire(event);
      if (stored) yield stored;
    }
    if (page.length < maxCount) return;
  }
}

import { type Clock, toIso } from '@handover/kernel';
import { EventTooLarge, InvalidStreamName } from './faults.js';
import { type NewEvent, type StreamName } from './port.js';

/** Most bytes of JSON in one append; EventStoreDB's default server limit is a little above. */
const appendLimitBytes = 1_000_000;

const streamNames = /^[A-Za-z0-9][!-,.-~]*-[!-~]+$/;

/** An event as it is written: JSON already made, so that nobody can change it afterwards. */
export interface IncomingEvent {
  readonly id: string;
  readonly type: string;
  readonly correlationId: string;
  readonly data: string;
  readonly metadata: string;
}

export const isStreamName = (text: string): boolean => text.length <= 200 && streamNames.test(text);

/** What stands before the first hyphen. */
export const categoryOf = (stream: StreamName): string => stream.slice(0, stream.indexOf('-'));

/**
 * Checks an append before any store sees it, and gives each event its `recordedAt`.
 * @throws InvalidStreamName, EventTooLarge, RangeError as `EventStore.append` says
 */
export function incoming(stream: StreamName, events: readonly NewEvent[], clock: Clock): IncomingEvent[] {
  if (!isStreamName(stream)) throw new InvalidStreamName(stream);
  if (events.length === 0) throw new RangeError(`Nothing to append to "${stream}".`);
  if (events.length > 1 && new Set(events.map(({ id }) => id)).size < events.length)
    throw new RangeError(`One event id twice in an append to "${stream}".`);

  const recordedAt = toIso(clock.now());
  let sizeBytes = 0;
  return events.map(({ id, type, data, metadata }) => {
    const event: IncomingEvent = {
      id,
      type,
      correlationId: metadata.correlationId,
      data: JSON.stringify(data),
      metadata: JSON.stringify(metadata.recordedAt ? metadata : { ...metadata, recordedAt }),
    };
    sizeBytes += Buffer.byteLength(event.data) + Buffer.byteLength(event.metadata);
    if (sizeBytes > appendLimitBytes) throw new EventTooLarge(type, sizeBytes, appendLimitBytes);
    return event;
  });
}

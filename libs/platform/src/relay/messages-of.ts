import { type BusMessage } from '../bus/port.js';
import { toBusMessage } from '../cloud-events/to-bus-message.js';
import { type StoredEvent } from '../event-store/port.js';
import { type Outgoing, type Publishes } from './port.js';

/** Where a service's messages come from: their `ce_source`. */
export const sourceOf = (service: string): string => `/handover/${service}`;

/**
 * The messages that follow from one stored event, the same each time. The first one's id is the event's, further ones
 * add their index: what an event leads to must keep its order over releases.
 */
export const messagesOf = (event: StoredEvent, service: string, publishes: Publishes): BusMessage[] =>
  publishes(event).map((outgoing, index) => messageOf(event, outgoing, index, sourceOf(service)));

function messageOf(
  event: StoredEvent,
  { topic, key, type, data }: Outgoing,
  index: number,
  source: string,
): BusMessage {
  const { correlationId, causationId, recordedAt, traceparent } = event.metadata;
  const cloudEvent = {
    id: index === 0 ? event.id : `${event.id}.${index}`,
    source,
    type,
    time: occurredAt(data) ?? recordedAt,
    subject: correlationId,
    extensions: {
      correlationid: correlationId,
      causationid: causationId,
      sequence: String(event.revision),
      recordedtime: recordedAt,
      ...(traceparent && { traceparent }),
    },
    data,
  };
  return toBusMessage(cloudEvent, { topic, key });
}

const occurredAt = (data: object | null): string | undefined =>
  data && 'occurredAt' in data && typeof data.occurredAt === 'string' ? data.occurredAt : undefined;

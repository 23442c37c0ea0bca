import { type BusMessage } from '../bus/port.js';
import { type StoredEvent } from '../event-store/port.js';
import { type Outgoing, type Publishes } from './port.js';

/** Where a service's messages come from: their `ce_source`. */
export const sourceOf = (service: string): string => `/handover/${service}`;

/** The messages that follow from one stored event, the same each time: ids are the event's, with the index from the second on. */
export const messagesOf = (event: StoredEvent, service: string, publishes: Publishes): BusMessage[] =>
  publishes(event).map((outgoing, index) => messageOf(event, outgoing, index, sourceOf(service)));

function messageOf(
  event: StoredEvent,
  { topic, key, type, data }: Outgoing,
  index: number,
  source: string,
): BusMessage {
  const { correlationId, causationId, recordedAt, traceparent } = event.metadata;
  const headers = {
    ce_specversion: '1.0',
    ce_id: index === 0 ? event.id : `${event.id}.${index}`,
    ce_type: type,
    ce_source: source,
    ce_time: occurredAt(data) ?? recordedAt,
    ce_subject: correlationId,
    ce_correlationid: correlationId,
    ce_causationid: causationId,
    ce_partitionkey: key,
    ce_sequence: String(event.revision),
    ce_recordedtime: recordedAt,
    ...(traceparent && { ce_traceparent: traceparent }),
    'content-type': 'application/json',
  };
  return { topic, key, headers, value: data === null ? null : Buffer.from(JSON.stringify(data)) };
}

const occurredAt = (data: object | null): string | undefined =>
  data && 'occurredAt' in data && typeof data.occurredAt === 'string' ? data.occurredAt : undefined;

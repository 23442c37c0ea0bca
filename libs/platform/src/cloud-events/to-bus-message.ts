import { type BusMessage } from '../bus/port.js';
import { type CloudEvent } from './cloud-event.js';

export interface Address {
  readonly topic: string;
  readonly key: string;
}

/**
 * The event as a Kafka message in binary mode: attributes in `ce_` headers, data as the value, key = `partitionkey`.
 * (CloudEvents Kafka binding 1.0.2, section 3.2.)
 */
export function toBusMessage(event: CloudEvent, { topic, key }: Address): BusMessage {
  const { id, source, type, time, subject, dataschema, extensions, data } = event;
  const headers: Record<string, string> = {
    ce_specversion: '1.0',
    ce_id: id,
    ce_source: source,
    ce_type: type,
    ce_partitionkey: key,
    'content-type': 'application/json',
  };
  if (time !== undefined) headers['ce_time'] = time;
  if (subject !== undefined) headers['ce_subject'] = subject;
  if (dataschema !== undefined) headers['ce_dataschema'] = dataschema;
  for (const name in extensions) if (name !== 'partitionkey') headers[`ce_${name}`] = extensions[name] ?? '';
  return { topic, key, headers, value: data === null ? null : Buffer.from(JSON.stringify(data)) };
}

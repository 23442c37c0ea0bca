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
  const { extensions, data, ...attributes } = event;
  const headers: Record<string, string> = { ce_specversion: '1.0' };
  const named = { ...attributes, ...extensions, partitionkey: key };
  for (const [name, value] of Object.entries(named)) if (value !== undefined) headers[`ce_${name}`] = value;
  headers['content-type'] = 'application/json';
  return { topic, key, headers, value: data === null ? null : Buffer.from(JSON.stringify(data)) };
}

import { isUtf8 } from 'node:buffer';
import { type IHeaders, type KafkaMessage, type Message } from 'kafkajs';
import { type BusMessage, type LoggedMessage } from '../port.js';

type HeaderValue = IHeaders[string];

const textOf = (value: HeaderValue): string => {
  const last = Array.isArray(value) ? value.at(-1) : value;
  return last === undefined ? '' : last.toString();
};

const isPlain = (value: HeaderValue): boolean => Buffer.isBuffer(value) && isUtf8(value);

/** A Kafka record as we see it. What text cannot hold stays beside it as `original`. */
export function decode(topic: string, partition: number, record: KafkaMessage): LoggedMessage {
  const { key, value, offset, timestamp, headers: raw = {} } = record;
  const headers: Record<string, string> = {};
  let plain = key !== null && isUtf8(key);
  for (const name of Object.keys(raw)) {
    headers[name] = textOf(raw[name]);
    plain &&= isPlain(raw[name]);
  }
  return {
    topic,
    partition,
    offset,
    key: key?.toString() ?? '',
    value,
    headers,
    timestamp: Number(timestamp),
    ...(!plain && { original: { key, headers: raw } }),
  };
}

/** Our message as a Kafka record: original bytes wherever the text still says the same. */
export function encode({ key, value, headers, partition, original }: BusMessage): Message {
  if (!original) return { key, value, headers: { ...headers }, partition };
  const bytes: IHeaders = {};
  for (const [name, text] of Object.entries(headers)) {
    const raw = original.headers[name];
    bytes[name] = raw !== undefined && textOf(raw) === text ? raw : text;
  }
  return { key: original.key, value, headers: bytes, partition };
}

import { isUtf8 } from 'node:buffer';
import { type IHeaders, type KafkaMessage, type Message } from 'kafkajs';
import { type BusMessage, type LoggedMessage } from '../port.js';

type HeaderValue = IHeaders[string];

const textOf = (value: HeaderValue): string => {
  const last = Array.isArray(value) ? value.at(-1) : value;
  return last === undefined ? '' : last.toString();
};

/** Whether the text says all that the bytes do. A replacement character is the mark of bytes that are no UTF-8. */
const isPlain = (value: HeaderValue | null, text: string): boolean =>
  Buffer.isBuffer(value) && (!text.includes('\uFFFD') || isUtf8(value));

/** A Kafka record as we see it. What text cannot hold stays beside it as `original`. */
export function decode(topic: string, partition: number, record: KafkaMessage): LoggedMessage {
  const { key, value, offset, timestamp, headers: raw = {} } = record;
  const text = key?.toString() ?? '';
  const headers: Record<string, string> = {};
  let plain = isPlain(key, text);
  for (const name in raw) {
    const value = textOf(raw[name]);
    headers[name] = value;
    plain &&= isPlain(raw[name], value);
  }
  return {
    topic,
    partition,
    offset,
    key: text,
    value,
    headers,
    timestamp: Number(timestamp),
    ...(!plain && { original: { key, headers: raw } }),
  };
}

/** Our message as a Kafka record: original bytes wherever the text still says the same. */
export function encode({ key, value, headers, partition, original }: BusMessage): Message {
  if (!original) return { key, value, headers, partition };
  const bytes: IHeaders = {};
  for (const [name, text] of Object.entries(headers)) {
    const raw = original.headers[name];
    bytes[name] = raw !== undefined && textOf(raw) === text ? raw : text;
  }
  return { key: original.key, value, headers: bytes, partition };
}

import { MessageTooLarge, messageLimitBytes } from './faults.js';
import { type BusMessage } from './port.js';

/**
 * Bytes of key, value and headers.
 * @throws MessageTooLarge. Dead letters may be larger than what was published: they are the same plus their headers.
 */
export function sizeOf({ topic, key, value, headers, partition }: BusMessage): number {
  let bytes = Buffer.byteLength(key) + (value?.length ?? 0);
  for (const name in headers) bytes += name.length + Buffer.byteLength(headers[name] ?? '');
  if (bytes > messageLimitBytes && partition === undefined) throw new MessageTooLarge(topic, bytes);
  return bytes;
}

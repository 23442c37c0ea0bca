import { MessageTooLarge, messageLimitBytes } from './faults.js';
import { type BusMessage } from './port.js';

/** Bytes of key, value and headers. */
export function sizeOf({ key, value, headers }: BusMessage): number {
  let bytes = Buffer.byteLength(key) + (value?.length ?? 0);
  for (const name in headers) bytes += name.length + Buffer.byteLength(headers[name] ?? '');
  return bytes;
}

/** @throws MessageTooLarge. Dead letters may be larger than what was published: they are the same plus their headers. */
export function checkSizes(messages: readonly BusMessage[]): void {
  for (const message of messages) {
    const size = sizeOf(message);
    if (size > messageLimitBytes && message.partition === undefined)
      throw new MessageTooLarge(message.topic, size);
  }
}

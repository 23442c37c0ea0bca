import { hash } from 'node:crypto';
import { v7 } from 'uuid';

const namespace = Buffer.from('7a0c9d2e4a555d0e9a601f6c3b8e2d41', 'hex');

/**
 * The id that follows from its cause: the same parts give the same UUID (version 5), always and everywhere.
 * A redelivered message therefore produces events with the ids that are already stored.
 */
export const idFrom = (...parts: readonly (string | number)[]): string =>
  nameBased(parts.map((part) => encodeURIComponent(part)).join('/'));

/** RFC 9562, 5.5, in a quarter of the time that `uuid` takes: a decision makes half a dozen ids. */
function nameBased(name: string): string {
  const digest = hash('sha1', Buffer.concat([namespace, Buffer.from(name)]));
  const variant = ((parseInt(digest.charAt(16), 16) & 0x3) | 0x8).toString(16);
  const [low, middle] = [digest.slice(0, 8), digest.slice(8, 12)];
  return `${low}-${middle}-5${digest.slice(13, 16)}-${variant}${digest.slice(17, 20)}-${digest.slice(20, 32)}`;
}

/** Where new, unrepeatable ids come from. */
export interface Ids {
  next(): string;
}

/** Time-ordered random UUIDs (version 7). */
export const randomIds: Ids = { next: () => v7() };

/** Ids that count up, for tests: `id-1`, `id-2`, … */
export function countingIds(prefix = 'id'): Ids {
  let count = 0;
  return { next: () => `${prefix}-${++count}` };
}

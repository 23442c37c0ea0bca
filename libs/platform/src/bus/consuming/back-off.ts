import { setTimeout as after } from 'node:timers/promises';
import { type BackOff } from '../port.js';

export const defaultBackOff: BackOff = { firstMs: 100, longestMs: 10_000 };

/** How long to wait after the given number of failed attempts: doubling, ± 20 % so that many do not return at once. */
export function delayMs(attempt: number, { firstMs, longestMs }: BackOff, random = Math.random): number {
  const plain = Math.min(longestMs, firstMs * 2 ** (attempt - 1));
  return plain * (0.8 + 0.4 * random());
}

/** Waits in wall time; returns early, without an error, when the signal fires. */
export const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  after(ms, undefined, { signal }).catch(() => undefined);

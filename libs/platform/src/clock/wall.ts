import { type CancelTimer } from '@handover/kernel';

/** Wall time: of machines, not of callers. Leases, back-off and deadlines use it; tests give their own. */
export interface Wall {
  /** Milliseconds since 1970 by the machine's clock. */
  now(): number;
  /** Milliseconds since some moment, by a clock that nobody sets: for spans within one process. */
  elapsed(): number;
  /** Fires once after a span, never synchronously. */
  after(spanMs: number, fire: () => void): CancelTimer;
}

/** setTimeout's longest span; a longer one would fire at once. */
const longestMs = 2 ** 31 - 1;

function after(spanMs: number, fire: () => void): CancelTimer {
  let cancelRest: CancelTimer | undefined;
  const timer = setTimeout(
    () => {
      if (spanMs > longestMs) cancelRest = after(spanMs - longestMs, fire);
      else fire();
    },
    Math.min(Math.max(spanMs, 0), longestMs),
  );
  return () => {
    clearTimeout(timer);
    cancelRest?.();
  };
}

/** The machine's wall clock; timers of any length. */
export const machineWall: Wall = { now: () => Date.now(), elapsed: () => performance.now(), after };

/** A pause that ends early when the signal aborts; it never rejects. */
export const pause = (wall: Wall, spanMs: number, until?: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (until?.aborted) return resolve();
    const end = (): void => {
      cancel();
      until?.removeEventListener('abort', end);
      resolve();
    };
    const cancel = wall.after(spanMs, end);
    until?.addEventListener('abort', end, { once: true });
  });

import { type Position, type StoredEvent, type SubscribeOptions, type Subscription } from './port.js';

/** Part of the log, in log order. */
export interface LogPage {
  readonly events: readonly StoredEvent[];
  /** How far the log was searched, filtered-out events included; absent if it is empty. */
  readonly searchedTo?: Position;
  readonly atEnd: boolean;
}

/** Tells waiting readers that the log has grown. A reader that notes `version` before it reads misses nothing. */
export class Growth {
  version = 0;
  private waiting: (() => void)[] = [];

  announce(): void {
    this.version += 1;
    const woken = this.waiting;
    this.waiting = [];
    for (const wake of woken) wake();
  }

  /** Resolves as soon as `version` is past the one noted. */
  past(noted: number): Promise<void> {
    if (this.version > noted) return Promise.resolve();
    return new Promise((resolve) => this.waiting.push(resolve));
  }
}

/**
 * A subscription for stores that are read by page. History and live are the same loop: read on until the end,
 * wait for growth, read on. So there is no seam at which an event could be missed or repeated.
 */
export function catchUp(
  options: SubscribeOptions,
  readPage: (after: Position | undefined) => LogPage,
  growth: Growth,
): Subscription {
  let stopped = false;
  let wake = (): void => undefined;
  const deliver = async (): Promise<void> => {
    for (let after = options.after; !stopped;) {
      const noted = growth.version;
      const page = readPage(after);
      for (const event of page.events) {
        if (stopped) return;
        await options.onEvent(event);
      }
      after = page.searchedTo ?? after;
      if (!page.atEnd) continue;
      options.onCaughtUp?.();
      if (stopped) return;
      await new Promise<void>((resolve) => {
        wake = resolve;
        void growth.past(noted).then(resolve);
      });
    }
  };
  // Starts in a later microtask: the subscriber holds its Subscription before the first event arrives.
  const done = Promise.resolve().then(deliver);
  return {
    done,
    stop: async () => {
      stopped = true;
      wake();
      await done.catch(() => undefined);
    },
  };
}

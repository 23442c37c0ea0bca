import { setImmediate as otherWork } from 'node:timers/promises';
import {
  type EventFilter,
  type Position,
  type StoredEvent,
  type SubscribeOptions,
  type Subscription,
} from './port.js';

/** Part of the log, in log order. */
export interface LogPage {
  readonly events: readonly StoredEvent[];
  /** How far the log was searched, filtered-out events included; absent if it is empty. */
  readonly searchedTo?: Position;
  readonly atEnd: boolean;
}

export type ReadLogPage = (after: Position | undefined, filter: EventFilter) => LogPage;

/**
 * The subscriptions of a store that is read by page. History and live are one loop: read on to the end, wait until
 * the log has grown, read on. So there is no seam at which an event could be missed or repeated.
 */
export class Followers {
  private readonly running = new Set<Subscription>();
  private version = 0;
  private readonly waiting = new Map<AbortSignal, () => void>();

  constructor(private readonly readPage: ReadLogPage) {}

  get size(): number {
    return this.running.size;
  }

  /** The log has grown: everyone who waits at its end reads on. */
  wake(): void {
    this.version += 1;
    for (const resume of this.waiting.values()) resume();
    this.waiting.clear();
  }

  follow(options: SubscribeOptions): Subscription {
    const stopping = new AbortController();
    const { signal } = stopping;
    // Begins in a later microtask: the subscriber holds its Subscription before the first event arrives.
    const done = Promise.resolve()
      .then(() => this.deliver(options, signal))
      .finally(() => this.running.delete(subscription));
    const subscription: Subscription = {
      done,
      stop: async () => {
        stopping.abort();
        this.waiting.get(signal)?.();
        this.waiting.delete(signal);
        await done.catch(() => undefined);
      },
    };
    this.running.add(subscription);
    return subscription;
  }

  async stopAll(): Promise<void> {
    await Promise.all([...this.running].map((subscription) => subscription.stop()));
  }

  private async deliver(options: SubscribeOptions, stopping: AbortSignal): Promise<void> {
    for (let { after } = options; !stopping.aborted;) {
      const version = this.version;
      const page = this.readPage(after, options.filter ?? {});
      for (const event of page.events) {
        if (stopping.aborted) return;
        await options.onEvent(event);
      }
      after = page.searchedTo ?? after;
      if (page.atEnd) {
        options.onCaughtUp?.();
        await this.growthSince(version, stopping);
      } else {
        await otherWork();
      }
    }
  }

  /** Resolves when the log has grown since the noted version, also if that was while the reader was busy. */
  private growthSince(version: number, stopping: AbortSignal): Promise<void> {
    if (this.version > version || stopping.aborted) return Promise.resolve();
    return new Promise((resume) => this.waiting.set(stopping, resume));
  }
}

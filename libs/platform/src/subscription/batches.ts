import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  type EventFilter,
  type EventStore,
  type Position,
  type StoredEvent,
  type Subscription,
} from '../event-store/port.js';

export interface BatchOptions {
  readonly after?: Position;
  readonly filter?: EventFilter;
  /** Most events in a batch, and most that gather behind it. */
  readonly most: number;
  /** Called for one batch at a time, in log order. If it rejects, delivery stops and `done` rejects. */
  readonly onBatch: (events: readonly StoredEvent[]) => Promise<void>;
  /** Called when all batches up to the log's present end have been handled. */
  readonly onCaughtUp?: () => void;
}

/**
 * A catch-up subscription in batches. While a batch is handled the next one gathers, so a batch is as small as the
 * handler is fast: one event when nothing else happens, `most` in a replay. Memory holds two batches at most.
 */
export function subscribeInBatches(store: EventStore, options: BatchOptions): Subscription {
  const gathering = new Gathering(options);
  const source = store.subscribe({
    ...(options.after !== undefined && { after: options.after }),
    ...(options.filter && { filter: options.filter }),
    onEvent: (event) => gathering.add(event),
    onCaughtUp: () => gathering.reachedEnd(),
  });
  const delivery = gathering.deliver().finally(() => {
    gathering.stop();
    return source.stop();
  });
  const done = Promise.all([source.done.finally(() => gathering.stop()), delivery]).then(() => undefined);
  done.catch(() => undefined); // whoever awaits `done` sees it; nobody has to
  return {
    done,
    stop: async () => {
      gathering.stop();
      await source.stop();
      await delivery.catch(() => undefined);
    },
  };
}

/** Where events wait between the subscription, which adds them, and the delivery, which takes them by batch. */
class Gathering {
  private events: StoredEvent[] = [];
  private atEnd = false;
  private stopped = false;
  private wakeDelivery = (): void => undefined;
  private wakeSource = (): void => undefined;

  constructor(private readonly options: BatchOptions) {}

  async add(event: StoredEvent): Promise<void> {
    this.events.push(event);
    this.wakeDelivery();
    if (this.events.length < this.options.most || this.stopped) return;
    await new Promise<void>((resolve) => {
      this.wakeSource = resolve;
    });
  }

  reachedEnd(): void {
    this.atEnd = true;
    this.wakeDelivery();
  }

  stop(): void {
    this.stopped = true;
    this.wakeDelivery();
    this.wakeSource();
  }

  async deliver(): Promise<void> {
    while (!this.stopped) {
      await nextTurn(); // lets a page of the log gather, and others have their turn
      const batch = this.events;
      if (batch.length > 0) {
        this.events = [];
        this.wakeSource();
        await this.options.onBatch(batch);
      } else if (this.atEnd) {
        this.atEnd = false;
        this.options.onCaughtUp?.();
      } else if (!this.stopped) {
        await new Promise<void>((resolve) => {
          this.wakeDelivery = resolve;
        });
      }
    }
  }
}

import {
  type AllStreamResolvedEvent,
  type AllStreamSubscription,
  type EventStoreDBClient,
  eventTypeFilter,
  type Filter,
  type Position as LogPosition,
  START,
  streamNameFilter,
} from '@eventstore/db-client';
import { setTimeout as pause } from 'node:timers/promises';
import { matches } from '../paging.js';
import { type EventFilter, type Position, type SubscribeOptions, type Subscription } from '../port.js';
import { isRefused } from './reach.js';
import { fromWire, logPosition, positionOf } from './wire.js';

const firstPauseMs = 50;
const longestPauseMs = 5_000;

/** A fault of the subscriber, not of the connection: it ends the subscription. */
class SubscriberFault {
  constructor(readonly fault: unknown) {}
}

/** What the server says between events; put in among them, so that it is heard in its place. */
type Signal = { readonly searchedTo: LogPosition } | { readonly caughtUp: true };

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** What the server can leave out. It filters by stream or by type, not both; the rest is left out here. */
function serverFilter(
  { categories, types }: EventFilter,
  subscription: Pick<Filter, 'checkpointReached'>,
): Filter {
  if (categories)
    return streamNameFilter({ prefixes: categories.map((category) => `${category}-`), ...subscription });
  if (types) return eventTypeFilter({ regex: `^(${types.map(escaped).join('|')})$`, ...subscription });
  return streamNameFilter({ regex: '^[A-Za-z0-9]', ...subscription });
}

/** One subscription to the log, that outlives its connections: it goes on after the last position it has seen. */
export class EsdbFollower implements Subscription {
  readonly done: Promise<void>;
  private readonly stopping = new AbortController();
  private live?: AllStreamSubscription;
  private position?: Position;
  private pauseMs = firstPauseMs;

  constructor(
    private readonly client: EventStoreDBClient,
    private readonly options: SubscribeOptions,
    onEnd: () => void,
  ) {
    this.position = options.after;
    this.done = Promise.resolve()
      .then(() => this.run())
      .finally(onEnd);
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    this.live?.destroy();
    await this.done.catch(() => undefined);
  }

  private async run(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      try {
        await this.deliver();
      } catch (fault) {
        if (fault instanceof SubscriberFault) throw fault.fault;
        if (this.stopping.signal.aborted) return;
        if (isRefused(fault)) throw fault;
      }
      await pause(this.pauseMs, undefined, { signal: this.stopping.signal }).catch(() => undefined);
      this.pauseMs = Math.min(2 * this.pauseMs, longestPauseMs);
    }
  }

  /** Delivers until the connection ends. */
  private async deliver(): Promise<void> {
    const live = this.connect();
    this.live = live;
    try {
      const items: AsyncIterable<AllStreamResolvedEvent | Signal> = live;
      for await (const item of items) {
        this.pauseMs = firstPauseMs;
        await this.take(item).catch((fault: unknown) => {
          throw new SubscriberFault(fault);
        });
        if (this.stopping.signal.aborted) return;
      }
    } finally {
      // Also after an error: else the client would keep the call open.
      await live.unsubscribe().catch(() => undefined);
    }
  }

  private connect(): AllStreamSubscription {
    const live = this.client.subscribeToAll({
      fromPosition: this.position ? logPosition(this.position) : START,
      filter: serverFilter(this.options.filter ?? {}, {
        checkpointReached: (_, searchedTo) => void live.push({ searchedTo }),
      }),
    });
    // The client may report a fault a second time, when nobody reads any more: unheard it would end the process.
    live.on('error', () => undefined);
    live.on('caughtUp', () => live.push({ caughtUp: true }));
    return live;
  }

  private async take(item: AllStreamResolvedEvent | Signal): Promise<void> {
    const { filter, onEvent, onCaughtUp } = this.options;
    if ('caughtUp' in item) return onCaughtUp?.();
    if ('searchedTo' in item) {
      const position = positionOf(item.searchedTo);
      if (this.isNew(position)) this.position = position;
      return;
    }
    const event = fromWire(item.event);
    if (!event || !this.isNew(event.position)) return;
    if (matches(filter, event)) await onEvent(event);
    this.position = event.position;
  }

  /** Whatever a new connection sends first: nothing is delivered twice, and the position never goes back. */
  private isNew(position: Position): boolean {
    return this.position === undefined || position > this.position;
  }
}

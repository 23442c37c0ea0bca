import { Inject, Injectable } from '@nestjs/common';
import {
  LOG,
  STORE,
  VIEWS,
  type EventStore,
  type StoredEvent,
  type Subscription,
  type Views,
  machineWall,
  pause,
} from '@handover/platform';
import { type Logger } from 'pino';
import { type Change, Situation } from './situation.js';
import { readSnapshot, situationView } from './situation-view.js';
import { relevant } from './stream-state.js';

const viewPollMs = 20;

export interface Following {
  /** The situation has become the present one, for the first time. */
  onLive(): void;
  /** Something has changed since then. Must not throw. */
  onChange(event: StoredEvent, change: Change): void;
}

/** Keeps the situation level with the log: the view's rows first, then each event as it is stored. */
@Injectable()
export class Follower {
  private subscription: Subscription | undefined;
  private live = false;
  private stopped = false;

  constructor(
    @Inject(STORE) private readonly store: EventStore,
    @Inject(VIEWS) private readonly views: Views,
    @Inject(LOG) private readonly log: Logger,
    @Inject(Situation) private readonly situation: Situation,
  ) {}

  /** False while the situation is still that of the past. */
  get isLive(): boolean {
    return this.live;
  }

  /** Resolves when stopped. */
  async follow(following: Following): Promise<void> {
    while (!this.stopped && !this.viewIsSettled()) await pause(machineWall, viewPollMs);
    if (this.stopped) return;
    const snapshot = readSnapshot(this.views);
    this.situation.load(snapshot);
    this.subscription = this.store.subscribe({
      ...(snapshot.after !== undefined && { after: snapshot.after }),
      filter: relevant,
      onEvent: async (event) => this.hear(event, following),
      onCaughtUp: () => this.becomeLive(following),
    });
    await this.subscription.done;
  }

  async stop(): Promise<void> {
    this.stopped = true;
    this.live = false;
    await this.subscription?.stop();
  }

  /** A view that is behind would cost memory and time, one of another log would be wrong: wait until it is neither. */
  private viewIsSettled(): boolean {
    const view = this.views.status().find(({ name }) => name === situationView.name);
    return view?.state === 'live' || view?.state === 'stopped';
  }

  private becomeLive(following: Following): void {
    if (this.live || this.stopped) return;
    this.live = true;
    following.onLive();
  }

  /** One event that cannot be folded must not stop every callback. */
  private hear(event: StoredEvent, following: Following): void {
    try {
      const change = this.situation.apply(event);
      if (change && this.live) following.onChange(event, change);
    } catch (err) {
      this.log.error({ err, eventId: event.id, type: event.type }, 'an event could not be folded');
    }
  }
}

import { type Logger } from 'pino';
import { type Bus } from '../bus/port.js';
import { pause, type Wall } from '../clock/wall.js';
import { type EventStore, type Position, type StoredEvent } from '../event-store/port.js';
import { subscribeInBatches } from '../subscription/batches.js';
import { Deposed, Lease, leaseOf } from './lease.js';
import { messagesOf } from './messages-of.js';
import { type Publishes } from './port.js';

export interface RelayOptions {
  readonly service: string;
  readonly categories: readonly string[];
  readonly publishes: Publishes;
  readonly store: EventStore;
  readonly bus: Pick<Bus, 'publish'>;
  /** Unique to this relay among all that share the store. */
  readonly holder: string;
  readonly log: Logger;
  readonly wall: Wall;
}

/** What operators see of a relay. */
export interface RelayStatus {
  /** `starting`: no lease yet, or lost because the store takes no writes. `standby`: another relay of this service publishes. `blocked`: the broker refuses or cannot be reached; appends go on. */
  readonly state: 'starting' | 'active' | 'blocked' | 'standby' | 'stopped';
  /** Events handed to this relay and not yet acknowledged by the broker. More may wait in the log behind them. */
  readonly waiting: number;
  /** When the oldest of them was recorded (ISO 8601). */
  readonly oldestWaiting?: string;
  readonly published: number;
  /** Attempts to publish that failed. */
  readonly failures: number;
  readonly position?: Position;
  readonly fault?: string;
}

export interface Relay {
  status(): RelayStatus;
  /** Finishes the batch in hand, notes how far all is published, and lets another relay take over at once. */
  stop(): Promise<void>;
}

const eventsPerBatch = 500;
const pollMs = 250;
/** Checkpoints are durable writes: one for all events of this span. */
const checkpointMs = 200;
const renewMs = 1_000;
const backOffMs = [50, 100, 200, 500, 1_000, 2_000] as const;

/**
 * Publishes a service's events: the log is the outbox. One relay per service is active, by a lease; it goes from its
 * checkpoint through the log in order, and notes a position after the broker has acknowledged everything up to it.
 * So nothing is lost and nothing of one key is reordered; what was published after the last checkpoint is repeated by
 * the next relay, with the same message ids. A broker that cannot be reached makes messages wait, nothing else.
 */
export function startRelay(options: RelayOptions): Relay {
  const relay = new ActiveOrStandby(options);
  const done = relay.run();
  return {
    status: () => relay.status(),
    stop: async () => {
      relay.stopping.abort();
      await done;
    },
  };
}

class ActiveOrStandby {
  readonly stopping = new AbortController();
  private readonly lease: Lease;
  private state: RelayStatus['state'] = 'starting';
  private waiting: readonly StoredEvent[] = [];
  private published = 0;
  private failures = 0;
  private position: Position | undefined;
  private noted: Position | undefined;
  private fault: string | undefined;

  constructor(private readonly options: RelayOptions) {
    this.lease = new Lease(options.store, leaseOf(options.service), options.holder, options.wall);
  }

  status(): RelayStatus {
    return {
      state: this.state,
      waiting: this.waiting.length,
      ...(this.waiting[0] && { oldestWaiting: this.waiting[0].metadata.recordedAt }),
      published: this.published,
      failures: this.failures,
      ...(this.position !== undefined && { position: this.position }),
      ...(this.fault && { fault: this.fault }),
    };
  }

  async run(): Promise<void> {
    const { wall, log, service } = this.options;
    while (!this.stopping.signal.aborted) {
      try {
        const taken = await this.lease.take();
        if (taken === 'held') this.state = 'standby';
        else await this.lead(taken.after);
      } catch (fault) {
        this.state = fault instanceof Deposed ? 'standby' : 'starting';
        this.note(fault);
        log.warn({ err: fault, relay: service }, 'relay interrupted; trying again');
      }
      this.waiting = [];
      await pause(wall, pollMs, this.stopping.signal);
    }
    this.state = 'stopped';
  }

  /** Publishes from a position on until stopped, deposed, or the store fails. */
  private async lead(after: Position | undefined): Promise<void> {
    const { store, categories, log, service } = this.options;
    log.info({ relay: service }, 'relay active');
    this.state = 'active';
    this.position = after;
    this.noted = after;
    const over = new AbortController();
    const end = AbortSignal.any([over.signal, this.stopping.signal]);
    const reader = subscribeInBatches(store, {
      ...(after !== undefined && { after }),
      filter: { categories },
      most: eventsPerBatch,
      onBatch: (events) => this.publish(events, end),
    });
    try {
      await Promise.race([this.keep(end), reader.done]);
    } finally {
      over.abort();
      await reader.stop();
    }
    await this.lease.release(this.position);
  }

  /** Checkpoints and renews, until the end. @throws Deposed */
  private async keep(end: AbortSignal): Promise<void> {
    while (!end.aborted) {
      const dirty = this.position !== this.noted;
      if (dirty || this.lease.ageMs() >= renewMs) {
        const { position } = this;
        await this.lease.renew(position);
        this.noted = position;
      }
      await pause(this.options.wall, checkpointMs, end);
    }
  }

  /** Resolves when the broker has all messages of these events, in order; leaves them to the next relay at the end. */
  private async publish(events: readonly StoredEvent[], end: AbortSignal): Promise<void> {
    const { bus, wall, service, publishes, log } = this.options;
    this.waiting = events;
    for (let attempt = 0; !end.aborted; attempt += 1) {
      try {
        const messages = events.flatMap((event) => messagesOf(event, service, publishes));
        // A relay that slept past its lease (a paused machine) must not speak before it knows that it still leads.
        if (!this.lease.usable()) throw new NotRenewed('The lease is not renewed at the moment.');
        if (messages.length > 0) await bus.publish(messages);
        return this.acknowledged(events);
      } catch (fault) {
        this.failures += 1;
        this.state = 'blocked';
        this.note(fault);
        if (attempt === 0)
          log.warn({ err: fault, relay: service, events: events.length }, 'publishing failed');
        await pause(wall, backOffMs[Math.min(attempt, backOffMs.length - 1)] ?? 0, end);
      }
    }
  }

  private acknowledged(events: readonly StoredEvent[]): void {
    this.state = 'active';
    this.fault = undefined;
    this.position = events.at(-1)?.position ?? this.position;
    this.published += events.length;
    this.waiting = [];
  }

  private note(fault: unknown): void {
    this.fault = fault instanceof Error ? `${fault.name}: ${fault.message}` : 'unknown';
  }
}

class NotRenewed extends Error {
  override readonly name = 'NotRenewed';
}

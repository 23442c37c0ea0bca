import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { topics } from '@handover/contracts';
import {
  BUS,
  CONFIG,
  type Bus,
  type BusConsumer,
  type Check,
  consuming,
  type Config,
  type ReadinessChecks,
  type ReceivedMessage,
  fromBusMessage,
} from '@handover/platform';
import { type Reply, type Wanted, replyIn } from './reply.js';

/** A wait for one answer. */
export interface Expected<Kind extends Reply> {
  /** Never rejects; stays open if no answer comes. */
  readonly reply: Promise<Kind>;
  /** To be called when nobody waits any more. */
  end(): void;
}

/** Handovers that are waited for at the same time. Beyond it requests are answered as if reservation were late. */
export const mostExpected = 10_000;

/**
 * Hears every answer of reservation and hands it to the request in this process that waits for it. It has a consumer
 * group of its own and keeps nothing: an answer that nobody waits for here is another instance's, or is in the log.
 */
@Injectable()
export class Replies implements OnApplicationBootstrap, OnApplicationShutdown, ReadinessChecks {
  private readonly expected = new Map<string, Set<(reply: Reply) => void>>();
  private consumer: BusConsumer | undefined;
  private isReady = false;

  constructor(
    @Inject(BUS) private readonly bus: Bus,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  onApplicationBootstrap(): void {
    this.consumer = this.bus.subscribe({
      group: `handover-intake-replies-${this.config.instance}`,
      topics: [topics.appointmentEvents],
      from: 'end',
      ephemeral: true,
      handler: (message) => this.hear(message),
    });
    this.consumer.ready.then(
      () => (this.isReady = true),
      () => undefined, // never ready: `checks` says so
    );
  }

  async onApplicationShutdown(): Promise<void> {
    await this.consumer?.stop();
  }

  checks(): Readonly<Record<string, Check>> {
    if (!this.isReady) return { replies: consuming('connecting') };
    return { replies: consuming(this.consumer?.healthy() ? 'receiving' : 'interrupted') };
  }

  /** Waits for an answer about a handover: to be called before the request is made, so that it cannot be missed. */
  expect<Kind extends Reply>(handoverId: string, wanted: Wanted<Kind>): Expected<Kind> {
    const { promise, resolve } = Promise.withResolvers<Kind>();
    if (this.expected.size >= mostExpected) return { reply: promise, end: () => undefined };
    const waiting = this.expected.get(handoverId) ?? new Set();
    this.expected.set(handoverId, waiting);
    const listen = (reply: Reply): void => {
      if (wanted(reply)) resolve(reply);
    };
    waiting.add(listen);
    const end = (): void => {
      waiting.delete(listen);
      if (waiting.size === 0 && this.expected.get(handoverId) === waiting) this.expected.delete(handoverId);
    };
    return { reply: promise, end };
  }

  private async hear(message: ReceivedMessage): Promise<void> {
    if (this.expected.size === 0) return;
    const reply = replyIn(fromBusMessage(message));
    if (reply) for (const listen of this.expected.get(reply.data.handoverId) ?? []) listen(reply);
  }
}

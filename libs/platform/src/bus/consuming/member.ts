import { type Logger } from 'pino';
import { DeadLetters } from '../dead-letters/dead-letters.js';
import {
  type Bus,
  type ConsumerStatus,
  type LoggedMessage,
  type PartitionStatus,
  type SubscribeBusOptions,
} from '../port.js';
import { defaultBackOff } from './back-off.js';
import { type Lane } from './lane.js';
import { type ParkingPlace, type SettleOptions, attempt, nameOf, settle } from './settle.js';

/** For consumers that keep nothing: what cannot be handled is named in the log, and gone. */
const skipping = (log: Logger): ParkingPlace => ({
  holds: () => false,
  park: async ({ topic, partition, offset }, why) => {
    const error = 'error' in why ? nameOf(why.error) : undefined;
    log.error({ topic, partition, offset, error }, 'message skipped');
  },
});

/** What a consumer does with its partitions, whatever the broker: handling, retries, dead letters, counting. */
export class ConsumerMember {
  readonly topics: ReadonlySet<string>;
  readonly maxInFlight: number;
  readonly perKey: number;
  readonly orderBy: SubscribeBusOptions['orderBy'];
  private readonly lanes = new Map<string, { topic: string; partition: number; lane: Lane }>();
  private readonly stopping = new AbortController();
  private readonly settling: SettleOptions;
  private readonly deadLetters: DeadLetters | undefined;

  constructor(
    bus: Bus,
    private readonly options: SubscribeBusOptions,
    log: Logger,
  ) {
    const { group, topics, handler, ephemeral, maxAttempts = 5, maxInFlight = 16, perKey = 1 } = options;
    this.topics = new Set(topics);
    this.maxInFlight = maxInFlight;
    this.perKey = perKey;
    this.orderBy = options.orderBy;
    const tally = { retrying: 0, handled: 0, deadLettered: 0 };
    const trying = {
      handler,
      maxAttempts,
      backOff: options.backOff ?? defaultBackOff,
      tally,
      log: log.child({ group }),
    };
    if (!ephemeral)
      this.deadLetters = new DeadLetters(bus, group, log, (message, signal) =>
        attempt(message, trying, signal),
      );
    this.settling = { ...trying, parking: this.deadLetters ?? skipping(log) };
  }

  settle(message: LoggedMessage, signal: AbortSignal): Promise<boolean> {
    return settle(message, this.settling, signal);
  }

  /** To be awaited before the first message of these partitions is taken in. */
  async prepare(topic: string, partitions: readonly number[]): Promise<void> {
    await this.deadLetters?.prepare(topic, partitions, this.stopping.signal);
  }

  /** The broker is another one than before: nothing that was known of its topics counts. */
  forget(): void {
    this.deadLetters?.forgetAll();
  }

  /** The partition is in this member's hands as `lane`, or no longer (undefined). */
  holds(topic: string, partition: number, lane: Lane | undefined): void {
    const name = `${topic} ${partition}`;
    if (lane) this.lanes.set(name, { topic, partition, lane });
    else this.lanes.delete(name);
    this.deadLetters?.attach(topic, partition, lane);
  }

  get stopped(): boolean {
    return this.stopping.signal.aborted;
  }

  /** Cuts preparations short; what is in hand goes on. */
  stop(): void {
    this.stopping.abort();
  }

  /** To be called when the member holds nothing any more. */
  async close(): Promise<void> {
    await this.deadLetters?.close();
  }

  status(): ConsumerStatus {
    const lanes = [...this.lanes.values()];
    const sum = (count: (lane: Lane) => number): number =>
      lanes.reduce((total, { lane }) => total + count(lane), 0);
    const inHand = sum((lane) => lane.inHand);
    return {
      group: this.options.group,
      topics: [...this.topics],
      partitions: lanes.map(({ topic, partition, lane }): PartitionStatus => ({
        topic,
        partition,
        position: String(lane.position),
      })),
      inHand,
      queued: Math.max(0, sum((lane) => lane.pending) - inHand),
      ...this.settling.tally,
      parkedKeys: this.deadLetters?.parkedKeys() ?? 0,
    };
  }
}

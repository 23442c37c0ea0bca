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
import { type ParkingPlace, type SettleOptions, nameOf, settle } from './settle.js';

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
  private readonly lanes = new Map<string, { topic: string; partition: number; lane: Lane }>();
  private readonly settling: SettleOptions;

  constructor(
    bus: Bus,
    private readonly options: SubscribeBusOptions,
    log: Logger,
  ) {
    const {
      group,
      topics,
      handler,
      ephemeral,
      maxAttempts = 5,
      maxInFlight = 16,
      backOff = defaultBackOff,
    } = options;
    this.topics = new Set(topics);
    this.maxInFlight = maxInFlight;
    this.settling = {
      handler,
      maxAttempts,
      backOff,
      parking: ephemeral ? skipping(log) : new DeadLetters(bus, group, log),
      tally: { retrying: 0, handled: 0, deadLettered: 0 },
      log: log.child({ group }),
    };
  }

  settle(message: LoggedMessage, signal: AbortSignal): Promise<boolean> {
    return settle(message, this.settling, signal);
  }

  async prepare(_topic: string, _partition: number): Promise<void> {}

  stop(): void {}

  holds(topic: string, partition: number, lane: Lane | undefined): void {
    const name = `${topic} ${partition}`;
    if (lane) this.lanes.set(name, { topic, partition, lane });
    else this.lanes.delete(name);
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
      queued: sum((lane) => lane.pending) - inHand,
      ...this.settling.tally,
      parkedKeys: 0,
    };
  }
}

import { randomUUID } from 'node:crypto';
import { type Kafka } from 'kafkajs';
import { type Logger } from 'pino';
import { delayMs, pause } from '../consuming/back-off.js';
import { type ConsumerMember } from '../consuming/member.js';
import { BusUnavailable } from '../faults.js';
import { type BusConsumer, type ConsumerStatus, type SubscribeBusOptions } from '../port.js';
import { type KafkaAdmin } from './admin.js';
import { Partitions } from './partitions.js';
import { Session } from './session.js';

const rejoinBackOff = { firstMs: 100, longestMs: 2_000 };

export interface KafkaConsumerParts {
  readonly kafka: Kafka;
  readonly admin: KafkaAdmin;
  readonly member: ConsumerMember;
  readonly options: SubscribeBusOptions;
  /** Take only this partition, from this offset on. */
  readonly place?: { readonly partition: number; readonly from: number };
  readonly sessionTimeoutMs: number;
  readonly log: Logger;
}

/**
 * A member of a Kafka consumer group that does not give up: it waits for its topics and its broker, and joins again
 * after a crash. kafkajs fetches and keeps the membership alive; lanes handle the messages beside it, so that neither
 * a slow handler nor a long back-off costs the membership, and one stuck partition does not hold up another. ADR 0011.
 */
export class KafkaConsumer implements BusConsumer {
  readonly ready: Promise<void>;
  private readonly stopping = new AbortController();
  private readonly partitions: Partitions;
  private readonly group: string;
  private readonly running: Promise<void>;
  private session: Session | undefined;
  private crashed = false;

  constructor(private readonly parts: KafkaConsumerParts) {
    const { group, ephemeral } = parts.options;
    this.group = ephemeral ? `${group}.${randomUUID()}` : group;
    this.partitions = new Partitions(this.group, parts);
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    this.ready = promise;
    this.ready.catch(() => undefined);
    this.running = this.run(resolve).then(() =>
      reject(new BusUnavailable('The consumer was stopped before it was ready.')),
    );
  }

  healthy(): boolean {
    return !this.crashed && !this.stopping.signal.aborted;
  }

  status(): ConsumerStatus {
    return this.parts.member.status();
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    this.parts.member.stop();
    await this.partitions.drain();
    await this.session?.end();
    await this.running;
    await this.parts.member.close();
  }

  private async run(ready: () => void): Promise<void> {
    const { signal } = this.stopping;
    for (let tries = 1; !signal.aborted; tries += 1) {
      try {
        await this.topicsExist();
        await this.partitions.rememberStarts();
        if (signal.aborted) return;
        this.session = new Session({ ...this.parts, group: this.group, partitions: this.partitions });
        await this.session.run(() => {
          tries = 1;
          this.crashed = false;
          ready();
        });
      } catch (error) {
        this.crashed = true;
        this.partitions.hold();
        // kafkajs's errors speak of brokers and protocols only.
        const why = String(error instanceof Error ? (error.cause ?? error) : error);
        this.parts.log.warn({ group: this.group, error: why }, 'consumer lost its cluster, joining again');
      }
      await this.session?.end();
      await pause(delayMs(tries, rejoinBackOff), signal);
    }
  }

  private async topicsExist(): Promise<void> {
    const { signal } = this.stopping;
    for (let asked = 1; !signal.aborted; asked += 1) {
      const there = new Set(await this.parts.admin.topics());
      const missing = this.parts.options.topics.filter((topic) => !there.has(topic));
      if (missing.length === 0) return;
      if (asked === 1) this.parts.log.warn({ group: this.group, missing }, 'waiting for topics');
      await pause(delayMs(asked, rejoinBackOff), signal);
    }
  }
}

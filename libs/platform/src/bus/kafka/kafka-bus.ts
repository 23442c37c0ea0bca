import { type Kafka } from 'kafkajs';
import { type Logger, pino } from 'pino';
import { ConsumerMember } from '../consuming/member.js';
import { BusUnavailable, UnknownTopic } from '../faults.js';
import {
  type BrowseOptions,
  type Bus,
  type BusConsumer,
  type BusMessage,
  type ConsumerStatus,
  type LoggedMessage,
  type PartitionOffsets,
  type SubscribeBusOptions,
  type TopicOutcome,
  type TopicSpec,
} from '../port.js';
import { Consumers } from '../consuming/consumers.js';
import { KafkaAdmin } from './admin.js';
import { browse } from './browse.js';
import { type KafkaConnection, kafkaClient } from './client.js';
import { KafkaConsumer } from './consumer.js';
import { Publisher } from './publisher.js';

export interface KafkaBusOptions extends Omit<KafkaConnection, 'log'> {
  /** How long the cluster waits for a silent member before it gives its partitions to others; default 6 s. ADR 0170. */
  readonly sessionTimeoutMs?: number;
  readonly log?: Logger;
}

/** The bus on a Kafka cluster. ADR 0011. */
class KafkaBus implements Bus {
  private readonly admin: KafkaAdmin;
  private readonly publisher: Publisher;
  private readonly running = new Consumers();
  private closed = false;

  constructor(
    private readonly kafka: Kafka,
    private readonly sessionTimeoutMs: number,
    private readonly log: Logger,
  ) {
    this.admin = new KafkaAdmin(kafka);
    this.publisher = new Publisher({
      kafka,
      check: (messages) => this.check(messages),
      failed: () => this.admin.forgetTopics(),
    });
  }

  async publish(messages: readonly BusMessage[]): Promise<void> {
    this.open();
    if (messages.length > 0) await this.publisher.publish(messages);
  }

  subscribe(options: SubscribeBusOptions): BusConsumer {
    this.open();
    // Who consumes will publish.
    this.publisher.warmUp();
    const { kafka, admin, sessionTimeoutMs, log } = this;
    const member = new ConsumerMember(this, options, log);
    return this.running.add(new KafkaConsumer({ kafka, admin, member, options, sessionTimeoutMs, log }));
  }

  browse(topic: string, options: BrowseOptions): AsyncIterable<LoggedMessage> {
    this.open();
    const { kafka, admin, sessionTimeoutMs, log } = this;
    return browse(this, { kafka, admin, sessionTimeoutMs, log }, topic, options);
  }

  async offsets(topic: string, group?: string): Promise<readonly PartitionOffsets[]> {
    this.open();
    return this.admin.offsets(topic, group);
  }

  async topics(): Promise<readonly string[]> {
    this.open();
    return this.admin.topics();
  }

  async applyTopics(
    topics: readonly TopicSpec[],
    { dryRun = false }: { readonly dryRun?: boolean } = {},
  ): Promise<readonly TopicOutcome[]> {
    this.open();
    return this.admin.applyTopics(topics, dryRun);
  }

  consumers(): readonly ConsumerStatus[] {
    return this.running.status();
  }

  async close(): Promise<void> {
    if (this.closed) return;
    await this.running.stop();
    this.closed = true;
    await this.publisher.close();
    await this.admin.close();
  }

  private async check(messages: readonly BusMessage[]): Promise<void> {
    for (const { topic, partition = 0 } of messages)
      if (partition >= (this.admin.known(topic) ?? (await this.admin.partitions(topic)) ?? 0))
        throw new UnknownTopic(topic);
  }

  private open(): void {
    if (this.closed) throw new BusUnavailable('The bus is closed.');
  }
}

/**
 * Opens the bus on a Kafka cluster. It connects at the first use and does not fail while no broker answers: `publish`
 * and the other calls reject with `BusUnavailable` after a few seconds, consumers keep trying.
 */
export function kafkaBus({
  log = pino({ enabled: false }),
  sessionTimeoutMs = 6_000,
  ...connection
}: KafkaBusOptions): Bus {
  return new KafkaBus(kafkaClient({ ...connection, log }), sessionTimeoutMs, log);
}

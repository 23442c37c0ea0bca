import kafkajs, { type Admin, type Kafka } from 'kafkajs';
import { delayMs, pause } from '../consuming/back-off.js';
import { BusUnavailable } from '../faults.js';
import { type PartitionOffsets, type TopicOutcome, type TopicSpec } from '../port.js';
import { differenceOf } from '../topic-difference.js';

// Under ESM kafkajs names few of its exports.
const { ConfigResourceTypes, KafkaJSProtocolError } = kafkajs;

const askAtMost = 6;
const askAgain = { firstMs: 20, longestMs: 500 };

/** Another caller's failure may have closed the connection that a question was on. */
const passes = (error: unknown): boolean =>
  (error instanceof KafkaJSProtocolError && error.retriable) ||
  (error instanceof Error && error.name === 'KafkaJSConnectionClosedError');

/** Questions and orders to the cluster. The connection is made at the first one, and anew after a failure. */
export class KafkaAdmin {
  private connection: Promise<Admin> | undefined;
  /** Partitions by topic, as last seen. Topics only come; when one goes, sending to it tells. */
  private seen = new Map<string, number>();
  private readonly closing = new AbortController();

  constructor(private readonly kafka: Kafka) {}

  /** How many partitions a topic has, as far as is known without asking. */
  known(topic: string): number | undefined {
    return this.seen.get(topic);
  }

  /** How many partitions a topic has; undefined if it does not exist. */
  async partitions(topic: string): Promise<number | undefined> {
    if (!this.seen.has(topic)) await this.topics();
    return this.seen.get(topic);
  }

  /** Looks the topics up again at the next question. */
  forgetTopics(): void {
    this.seen.clear();
  }

  /** The id that the cluster got when it was made: another id, another cluster, with logs of its own. */
  async cluster(): Promise<string> {
    return (await this.ask((admin) => admin.describeCluster())).clusterId;
  }

  async topics(): Promise<string[]> {
    const { topics } = await this.ask((admin) => admin.fetchTopicMetadata());
    this.seen = new Map(topics.map(({ name, partitions }) => [name, partitions.length]));
    return topics.map(({ name }) => name).filter((name) => !name.startsWith('__'));
  }

  async offsets(topic: string, group?: string): Promise<PartitionOffsets[]> {
    if (!(await this.partitions(topic))) return [];
    const reach = await this.ask((admin) => admin.fetchTopicOffsets(topic));
    const committed = new Map<number, string>();
    if (group !== undefined) {
      const [answer] = await this.ask((admin) => admin.fetchOffsets({ groupId: group, topics: [topic] }));
      for (const { partition, offset } of answer?.partitions ?? [])
        if (Number(offset) >= 0) committed.set(partition, offset);
    }
    return reach
      .map(({ partition, low, high }) => {
        const place = committed.get(partition);
        return { partition, begin: low, end: high, ...(place !== undefined && { committed: place }) };
      })
      .sort((one, other) => one.partition - other.partition);
  }

  async applyTopics(wanted: readonly TopicSpec[], dryRun: boolean): Promise<TopicOutcome[]> {
    await this.topics();
    const missing = wanted.filter(({ name }) => !this.seen.has(name));
    const existing = wanted.filter(({ name }) => this.seen.has(name));
    const actual = await this.specsOf(existing.map(({ name }) => name));
    if (missing.length > 0 && !dryRun) await this.create(missing);
    return wanted.map((spec) => {
      const there = actual.get(spec.name);
      if (!there) return { topic: spec.name, outcome: dryRun ? 'missing' : 'created' };
      const difference = differenceOf(there, spec);
      return difference
        ? { topic: spec.name, outcome: 'differs', difference }
        : { topic: spec.name, outcome: 'unchanged' };
    });
  }

  async close(): Promise<void> {
    this.closing.abort();
    await this.discard();
  }

  private async create(specs: readonly TopicSpec[]): Promise<void> {
    const topics = specs.map(({ name, partitions, compacted, retentionMs }) => ({
      topic: name,
      numPartitions: partitions,
      configEntries: [
        { name: 'cleanup.policy', value: compacted ? 'compact' : 'delete' },
        { name: 'retention.ms', value: String(retentionMs ?? -1) },
        // kafkajs reads no snappy, lz4 or zstd: whatever a producer uses, the broker stores it plain.
        { name: 'compression.type', value: 'uncompressed' },
      ],
    }));
    await this.ask((admin) => admin.createTopics({ topics }));
    await this.topics();
  }

  private async specsOf(topics: readonly string[]): Promise<Map<string, TopicSpec>> {
    if (topics.length === 0) return new Map();
    const configNames = ['cleanup.policy', 'retention.ms'];
    const resources = topics.map((name) => ({ type: ConfigResourceTypes.TOPIC, name, configNames }));
    const { resources: answers } = await this.ask((admin) =>
      admin.describeConfigs({ resources, includeSynonyms: false }),
    );
    return new Map(
      answers.map(({ resourceName: name, configEntries }) => {
        const config = new Map(configEntries.map(({ configName, configValue }) => [configName, configValue]));
        const retention = Number(config.get('retention.ms') ?? -1);
        const spec: TopicSpec = {
          name,
          partitions: this.seen.get(name) ?? 0,
          compacted: config.get('cleanup.policy')?.includes('compact'),
          ...(retention >= 0 && { retentionMs: retention }),
        };
        return [name, spec];
      }),
    );
  }

  /**
   * A cluster in motion (a topic just made, a leader just moved) answers with an error that is over in a moment: it is
   * asked again, on a new connection with new metadata.
   * @throws BusUnavailable if that does not help
   */
  private async ask<Answer>(question: (admin: Admin) => Promise<Answer>): Promise<Answer> {
    for (let tries = 1; ; tries += 1) {
      if (this.closing.signal.aborted) throw new BusUnavailable('The bus is closed.');
      this.connection ??= this.connect();
      const { connection } = this;
      try {
        return await question(await connection);
      } catch (cause) {
        if (this.connection === connection) void this.discard();
        if (!passes(cause) || tries === askAtMost) {
          // It may have been about a topic that is gone.
          this.forgetTopics();
          throw new BusUnavailable('The Kafka cluster does not answer.', { cause });
        }
        await pause(delayMs(tries, askAgain), this.closing.signal);
      }
    }
  }

  private async connect(): Promise<Admin> {
    const admin = this.kafka.admin();
    await admin.connect();
    return admin;
  }

  private async discard(): Promise<void> {
    const { connection } = this;
    this.connection = undefined;
    await connection?.then((admin) => admin.disconnect()).catch(() => undefined);
  }
}

import { type Consumer, type ConsumerConfig, type EachBatchPayload } from 'kafkajs';
import { type KafkaConsumerParts } from './consumer.js';
import { type Partitions } from './partitions.js';
import { decode } from './records.js';

/** The longest that a fetch waits for news; heartbeats and commits share its connection and wait behind it. */
const fetchWaitMs = 100;
const heartbeatAtMostMs = 1_000;
const sessionsPerRebalance = 2;
/** Batches of one fetch that may wait for their partitions side by side. */
const batchesAtOnce = 64;

export interface SessionParts extends KafkaConsumerParts {
  readonly group: string;
  readonly partitions: Partitions;
}

/**
 * How a member keeps its place in the group. Who is alive learns of a rebalance with its next heartbeat and joins at
 * once, so the group need not wait longer than it takes to miss the dead; a broker that hangs is given up 5 s later.
 * ADR 0170.
 */
export const membership = (
  sessionTimeoutMs: number,
): Required<Pick<ConsumerConfig, 'sessionTimeout' | 'rebalanceTimeout' | 'heartbeatInterval'>> => ({
  sessionTimeout: sessionTimeoutMs,
  rebalanceTimeout: sessionsPerRebalance * sessionTimeoutMs,
  heartbeatInterval: Math.min(heartbeatAtMostMs, sessionTimeoutMs / 3),
});

/** One kafkajs consumer, from joining the group to its crash or end. */
export class Session {
  private readonly consumer: Consumer;
  private readonly over = Promise.withResolvers<void>();

  constructor(private readonly parts: SessionParts) {
    const { kafka, group, sessionTimeoutMs } = parts;
    this.over.promise.catch(() => undefined);
    this.consumer = kafka.consumer({
      groupId: group,
      ...membership(sessionTimeoutMs),
      maxWaitTimeInMs: fetchWaitMs,
      allowAutoTopicCreation: false,
      // After any crash we begin a new session ourselves.
      retry: { initialRetryTime: 100, maxRetryTime: 1_000, retries: 4, restartOnFailure: async () => false },
    });
  }

  /**
   * Resolves when the session was ended, rejects when it crashed.
   * @param joined called after each joining of the group, when messages flow
   */
  async run(joined: () => void): Promise<void> {
    const { consumer, over } = this;
    const { partitions, options } = this.parts;
    const { CRASH, GROUP_JOIN, REBALANCING } = consumer.events;
    consumer.on(CRASH, ({ payload }) => over.reject(payload.error));
    consumer.on(REBALANCING, () => {
      partitions.hold();
      void partitions.commit();
    });
    consumer.on(GROUP_JOIN, ({ payload }) => {
      partitions.assign(consumer, payload.memberAssignment).then((flows) => flows && joined(), over.reject);
    });
    await consumer.connect();
    await consumer.subscribe({ topics: [...options.topics], fromBeginning: true });
    await consumer.run({
      autoCommit: false,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: batchesAtOnce,
      eachBatch: (payload) => this.take(payload),
    });
    await over.promise;
  }

  /** Leaves the group and disconnects. To be called again after `run`, which may have been connecting meanwhile. */
  async end(): Promise<void> {
    await this.consumer.disconnect().catch(() => undefined);
    this.over.resolve();
  }

  /** Hands a batch over and goes on: "resolved" means fetched; commits are ours, after the effect. */
  private async take({ batch, resolveOffset, pause }: EachBatchPayload): Promise<void> {
    const { topic, partition } = batch;
    const { partitions, log } = this.parts;
    try {
      const lane = partitions.lane(topic, partition);
      // Not taken up yet, or no longer ours: it stays unresolved and is fetched again.
      if (!lane) return;
      lane.deliver(batch.messages.map((record) => decode(topic, partition, record)));
      resolveOffset(batch.lastOffset());
      await partitions.relieve(topic, partition, pause);
    } catch (error) {
      // An error that left here would end kafkajs's consumer for good.
      log.error({ topic, partition, error }, 'batch not taken, fetching it again');
    }
  }
}

/** A message on its way out. Key decides the partition: messages of one key arrive in the order they were published. */
export interface BusMessage {
  readonly topic: string;
  readonly key: string;
  /** null is a tombstone: on a compacted topic it deletes the key. */
  readonly value: Buffer | null;
  readonly headers: Readonly<Record<string, string>>;
  /** Overrides the key's own partition; only for what must lie beside an original (dead letters). */
  readonly partition?: number;
  /** The bytes of key and headers where text cannot hold them; see `Original`. */
  readonly original?: Original;
}

/**
 * Key and headers as a foreign producer wrote them: no key, bytes that are no UTF-8, a header name used twice.
 * An adapter sets it on such a message; publishing the message again then writes the same bytes.
 */
export interface Original {
  readonly key: Buffer | null;
  readonly headers: Readonly<Record<string, Buffer | string | (Buffer | string)[] | undefined>>;
}

/** A message as a topic holds it. */
export interface LoggedMessage extends BusMessage {
  readonly partition: number;
  /** Position in the partition, a decimal number as text. */
  readonly offset: string;
  /** When the broker took it, ms since 1970. */
  readonly timestamp: number;
}

export interface ReceivedMessage extends LoggedMessage {
  /** 1 at the first delivery to this consumer, 2 at the first retry, … */
  readonly attempt: number;
}

/**
 * Handles one message. Resolve: the effect is durable, the offset may be committed.
 * Reject with `MessageFault`: the message itself is wrong, it is dead-lettered at once, with the reason.
 * Reject with anything else: retried in place with back-off while later messages of the key wait; after
 * `maxAttempts` it is dead-lettered too. Later messages of a dead-lettered key park behind it until redrive.
 * `StoreUnavailable` and `BusUnavailable` are no fault of the message: they are retried for as long as it takes.
 * Called for one message of a key at a time (see `perKey`), and for up to `maxInFlight` of a partition at once.
 */
export type MessageHandler = (message: ReceivedMessage) => Promise<void>;

export interface SubscribeBusOptions {
  /** Members of a group share the partitions. */
  readonly group: string;
  /** Topics that do not exist yet are waited for. */
  readonly topics: readonly string[];
  /** Where a group without offsets begins; default `begin`. */
  readonly from?: 'begin' | 'end';
  /** Attempts before a message is dead-lettered; default 5. */
  readonly maxAttempts?: number;
  /** Waits between attempts: doubling from the first to the longest, ± 20 %, in wall time; default 100 ms to 10 s. */
  readonly backOff?: BackOff;
  /** Messages of one partition handled at the same time; default 16. 1 keeps the whole partition in order. */
  readonly maxInFlight?: number;
  /**
   * Messages of one key handled at the same time; default 1. With more the handler is still called in their order, but
   * before those ahead are done: one that fails and is tried again, or parked, comes after some that followed it. For
   * a handler that has an order of its own, or with `orderBy`.
   */
  readonly perKey?: number;
  /**
   * What of a key must stay in order, with `perKey`: of messages of which this says the same one is seen through, with its
   * retries, or parked, before the next is begun. It must not throw.
   */
  readonly orderBy?: (message: LoggedMessage) => string;
  /**
   * For what lives in memory only (a cache, waiting for replies): a group of this member alone that stores no
   * offsets and begins at `from` each time. A message it cannot handle is logged and skipped.
   */
  readonly ephemeral?: boolean;
  readonly handler: MessageHandler;
}

export interface BackOff {
  readonly firstMs: number;
  readonly longestMs: number;
}

export interface BusConsumer {
  /** Resolves when the member has its partitions and receives: what is published from now on arrives. */
  readonly ready: Promise<void>;
  /** False after a crash, until the consumer has rejoined its group: readiness must show it. */
  healthy(): boolean;
  status(): ConsumerStatus;
  /** Finishes the messages in hand, commits, leaves the group. */
  stop(): Promise<void>;
}

/** What a consumer is doing, for metrics and operators. Counters begin with the process. */
export interface ConsumerStatus {
  readonly group: string;
  readonly topics: readonly string[];
  /** Partitions that this member owns now. */
  readonly partitions: readonly PartitionStatus[];
  /** Messages being handled, back-off included. */
  readonly inHand: number;
  /** Messages received and waiting for their turn; bounded, then fetching pauses. */
  readonly queued: number;
  /** Messages in hand that failed at least once, until they are handled or their dead letter is written. */
  readonly retrying: number;
  readonly handled: number;
  readonly deadLettered: number;
  /** Keys of this member's partitions that wait for a redrive. */
  readonly parkedKeys: number;
}

export interface PartitionStatus {
  readonly topic: string;
  readonly partition: number;
  /** Everything before this offset is done. */
  readonly position: string;
}

export interface TopicSpec {
  readonly name: string;
  readonly partitions: number;
  /** Keep only the newest message of each key. */
  readonly compacted?: boolean;
  /** Messages older than this may be dropped; absent: kept for ever. */
  readonly retentionMs?: number;
}

export interface TopicOutcome {
  readonly topic: string;
  readonly outcome: 'created' | 'unchanged' | 'missing' | 'differs';
  readonly difference?: string;
}

/** How far a partition reaches, and how far a group has come in it. Offsets are decimal numbers as text. */
export interface PartitionOffsets {
  readonly partition: number;
  readonly begin: string;
  /** The offset that the next message will get. */
  readonly end: string;
  /** Where the group goes on; absent if no group was asked for or it has committed nothing. */
  readonly committed?: string;
}

export interface BrowseOptions {
  readonly partition: number;
  /** First offset to read; default: the partition's begin. */
  readonly from?: string;
  /** Last offset to read; default: what the partition holds at the call. */
  readonly to?: string;
}

/**
 * Topics with partitions. At least once, ordered per key, within one group.
 * Every method may be called concurrently and throws `BusUnavailable` when the broker cannot be reached.
 */
export interface Bus {
  /**
   * Resolves when all messages are durable at the broker, in the given order per key; a call's messages of one key
   * never overtake those of an earlier call.
   * @throws UnknownTopic, MessageTooLarge: nothing of the call was published
   * @throws BusUnavailable: some of the call may have been published; publish it again
   */
  publish(messages: readonly BusMessage[]): Promise<void>;
  subscribe(options: SubscribeBusOptions): BusConsumer;
  /** Reads one partition outside of any group, in order. An unknown topic or partition reads as empty. */
  browse(topic: string, options: BrowseOptions): AsyncIterable<LoggedMessage>;
  /** Per partition; empty if the topic does not exist. */
  offsets(topic: string, group?: string): Promise<readonly PartitionOffsets[]>;
  /** Names of the topics that exist. */
  topics(): Promise<readonly string[]>;
  /** Creates the topics that are missing, and reports those that exist with another shape. */
  applyTopics(
    topics: readonly TopicSpec[],
    options?: { readonly dryRun?: boolean },
  ): Promise<readonly TopicOutcome[]>;
  /** The consumers of this process, for metrics. */
  consumers(): readonly ConsumerStatus[];
  /** Drains producers and consumers. */
  close(): Promise<void>;
}

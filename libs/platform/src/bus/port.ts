/** A message on its way out. Key decides the partition: messages of one key arrive in the order they were published. */
export interface BusMessage {
  readonly topic: string;
  readonly key: string;
  /** null is a tombstone: on a compacted topic it deletes the key. */
  readonly value: Buffer | null;
  readonly headers: Readonly<Record<string, string>>;
}

export interface ReceivedMessage extends BusMessage {
  readonly partition: number;
  /** Position in the partition, a decimal number as text. */
  readonly offset: string;
  /** When the broker took it, ms since 1970. */
  readonly timestamp: number;
  /** 1 at the first delivery to this consumer, 2 at the first retry, … */
  readonly attempt: number;
}

/**
 * Handles one message. Resolve: the effect is durable, the offset may be committed.
 * Reject with `MessageFault`: the message itself is wrong, it is dead-lettered at once, with the reason.
 * Reject with anything else: retried in place with back-off, later messages of the partition wait; after
 * `maxAttempts` it is dead-lettered too, and later messages of the same key park behind it. Errors named in
 * `retryForever` (store or broker unavailable) are no fault of the message and never dead-letter it.
 */
export type MessageHandler = (message: ReceivedMessage) => Promise<void>;

export interface SubscribeBusOptions {
  /** Members of a group share the partitions. */
  readonly group: string;
  readonly topics: readonly string[];
  /** Where a group without offsets begins; default `begin`. */
  readonly from?: 'begin' | 'end';
  /** Attempts before a message is dead-lettered; default 5. */
  readonly maxAttempts?: number;
  readonly handler: MessageHandler;
}

export interface BusConsumer {
  /** Resolves when the member has its partitions and receives: what is published from now on arrives. */
  readonly ready: Promise<void>;
  /** False after a crash that the consumer cannot recover from: readiness must fail. */
  healthy(): boolean;
  /** Finishes the messages in hand, commits, leaves the group. */
  stop(): Promise<void>;
}

export interface TopicSpec {
  readonly name: string;
  readonly partitions: number;
  /** Keep only the newest message of each key. */
  readonly compacted?: boolean;
  readonly retentionMs?: number;
}

/**
 * Topics with partitions. At least once, ordered per key, within one group.
 * Every method may be called concurrently and throws `BusUnavailable` when the broker cannot be reached.
 */
export interface Bus {
  /** Resolves when all messages are durable at the broker, in the given order per key. @throws UnknownTopic, MessageTooLarge */
  publish(messages: readonly BusMessage[]): Promise<void>;
  subscribe(options: SubscribeBusOptions): BusConsumer;
  /** Creates the topics that are missing, and reports those that exist with another shape. */
  applyTopics(
    topics: readonly TopicSpec[],
    options?: { readonly dryRun?: boolean },
  ): Promise<readonly TopicOutcome[]>;
  /** Drains producers and consumers. */
  close(): Promise<void>;
}

export interface TopicOutcome {
  readonly topic: string;
  readonly outcome: 'created' | 'unchanged' | 'missing' | 'differs';
  readonly difference?: string;
}

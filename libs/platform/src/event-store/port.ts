import { type Json } from '@handover/kernel';

/**
 * `<category>-<id>`: the category is everything before the first hyphen (`handover-4f1c…`).
 * 3–200 printable ASCII characters without spaces, the first a letter or digit.
 */
export type StreamName = string;

/** Index of an event in its stream; the first is 0, and there are no gaps. */
export type Revision = number;

/** Where an event stands in the whole log. Opaque; within one store later events compare greater as text. */
export type Position = string;

/** The stream must end at exactly this revision, must not exist (`none`), or may be in any state (`any`). */
export type ExpectedRevision = Revision | 'none' | 'any';

/** What travels with every event beside its data. Nothing personal. */
export interface EventMetadata {
  /** The handover (or conversation, agent, pool …) whose history this event belongs to. */
  readonly correlationId: string;
  /** Id of the message or event that caused it. */
  readonly causationId: string;
  readonly schemaVersion: number;
  /** When it was first appended, by the clock of the writer; ISO 8601. */
  readonly recordedAt: string;
  /** W3C trace context of the cause, if known. */
  readonly traceparent?: string;
}

/** An event on its way into the store. `id` is a UUID that follows from the cause (`idFrom`), so that a repeat is recognised. */
export interface NewEvent<Type extends string = string, Data = Json> {
  readonly id: string;
  readonly type: Type;
  readonly data: Data;
  /** Without `recordedAt` the store writes down its present time; a given one is kept (copies keep their age). */
  readonly metadata: Omit<EventMetadata, 'recordedAt'> & Partial<Pick<EventMetadata, 'recordedAt'>>;
}

export interface StoredEvent<Type extends string = string, Data = Json> extends NewEvent<Type, Data> {
  readonly metadata: EventMetadata;
  readonly stream: StreamName;
  readonly revision: Revision;
  readonly position: Position;
}

/** Which events of the log are meant; both parts must match, an absent part matches all. */
export interface EventFilter {
  readonly categories?: readonly string[];
  readonly types?: readonly string[];
}

export interface AppendResult {
  /** Revision of the stream's last event after the append. */
  readonly revision: Revision;
  readonly position: Position;
  /**
   * True if every event was already stored under its id: nothing was written. (EventStoreDB, asked for the same append
   * by two at the same moment, may answer false to both; it is stored once all the same.)
   */
  readonly repeated: boolean;
}

export interface ReadStreamOptions {
  /** First revision to read; default: the stream's begin (forwards) or end (backwards). */
  readonly from?: Revision;
  readonly backwards?: boolean;
  /** Most events to read; default: all. */
  readonly limit?: number;
}

export interface ReadAllOptions {
  /** Read what follows (backwards: precedes) this position; default: from the begin (backwards: the end) of the log. */
  readonly after?: Position;
  readonly filter?: EventFilter;
  readonly backwards?: boolean;
  readonly limit?: number;
}

export interface SubscribeOptions {
  /** Deliver what follows this position; default: everything from the begin of the log. */
  readonly after?: Position;
  readonly filter?: EventFilter;
  /** Called for one event at a time, in log order; the next waits until it resolves. If it rejects, the subscription stops and `done` rejects. */
  readonly onEvent: (event: StoredEvent) => Promise<void>;
  /** Called each time delivery reaches the end of the log (also once at the begin, if nothing waits). */
  readonly onCaughtUp?: () => void;
}

export interface Subscription {
  /** Resolves after `stop`, rejects with the fault that ended delivery. A lost server is no fault: it reconnects and goes on. */
  readonly done: Promise<void>;
  /** Ends delivery; resolves when a running `onEvent` is over (so never await it inside `onEvent`). */
  stop(): Promise<void>;
}

/** A small record that is replaced, not appended to: leases and checkpoints. */
export interface Register {
  readonly value: Json;
  /** Counts the writes; pass it back to replace this value and no other. */
  readonly revision: Revision;
}

/**
 * The log: append-only streams with one total order.
 *
 * Every method may be called concurrently and from several processes. Reads are lazy: they hold a bounded page
 * in memory. Any method throws `StoreUnavailable` when the store cannot be reached or was closed.
 */
export interface EventStore {
  /**
   * Appends all events or none, durably when it resolves. Idempotent by event id within the stream: if all ids are
   * stored already the first result is given again, whatever `expected` says.
   * @throws RevisionConflict with the actual revision if the stream is not as expected, or holds some but not all of the ids
   * @throws InvalidStreamName
   * @throws EventTooLarge if the events' data and metadata together exceed 1,000,000 bytes of JSON
   * @throws RangeError if there is no event, or one id twice
   */
  append(stream: StreamName, events: readonly NewEvent[], expected: ExpectedRevision): Promise<AppendResult>;
  /** A stream that does not exist reads as empty. */
  readStream(stream: StreamName, options?: ReadStreamOptions): AsyncIterable<StoredEvent>;
  readAll(options?: ReadAllOptions): AsyncIterable<StoredEvent>;
  /** Every event of one correlation, in log order. (EventStoreDB: through `$bc-…`, so it may lag by some milliseconds.) */
  readCorrelation(correlationId: string): AsyncIterable<StoredEvent>;
  /** Catch-up subscription: history, then live, with no gap and no repeat between them. */
  subscribe(options: SubscribeOptions): Subscription;
  /** Position of the last event, undefined if the log is empty. */
  head(): Promise<Position | undefined>;
  readRegister(name: string): Promise<Register | undefined>;
  /**
   * Replaces a register's value if its revision is still the given one (`none`: if it was never written).
   * @throws RevisionConflict otherwise
   */
  writeRegister(name: string, value: Json, expected: Revision | 'none'): Promise<Revision>;
  /** Finishes appends under way, stops all subscriptions. Closing twice is fine. */
  close(): Promise<void>;
}

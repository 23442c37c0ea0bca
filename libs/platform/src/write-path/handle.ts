import { type Clock, type Json, type Refusal, idFrom, isRefusal, toIso } from '@handover/kernel';
import { RevisionConflict } from '../event-store/faults.js';
import { type EventStore, type NewEvent, type StoredEvent, type StreamName } from '../event-store/port.js';

/** A decided event: what happened, before the write path gives it an id and metadata. */
export interface Decided<Type extends string = string, Data extends object = object> {
  readonly type: Type;
  readonly data: Data;
}

/** What led to a decision: the message, request or timer. The same id again is the same cause. */
export interface Cause {
  readonly id: string;
  readonly correlationId: string;
  readonly traceparent?: string;
}

/** The state of one stream and how events change it. */
export interface Aggregate<State> {
  readonly initial: State;
  /** Upcasts what it is given: a stored event comes with its metadata, one decided just now without. */
  evolve(
    state: State,
    event: Pick<StoredEvent, 'type' | 'data'> & Partial<Pick<StoredEvent, 'metadata'>>,
  ): State;
  /** The schema version in which events of a type are written now: the contracts' `currentVersion`. */
  versionOf(type: string): number;
}

export interface Handled<State, Refused> {
  readonly state: State;
  /** The events of this cause; those stored earlier if the cause was seen before. */
  readonly events: readonly Decided[];
  readonly refused?: Refused;
  /** True if this cause had already been handled: nothing was decided or written. */
  readonly repeated: boolean;
}

export interface HandleRequest<State, Refused extends Refusal> {
  readonly stream: StreamName;
  readonly aggregate: Aggregate<State>;
  readonly cause: Cause;
  decide(state: State): readonly Decided[] | Refused;
}

const attemptsAtMost = 20;

/** Id of the event that a cause leads to in a stream; `index` counts the cause's events. Known before the append. */
export const eventId = (stream: StreamName, cause: Pick<Cause, 'id'>, index = 0): string =>
  idFrom(cause.id, stream, index);

/** What is written into the metadata of new events. */
export interface Stamp extends Pick<Aggregate<unknown>, 'versionOf'> {
  readonly clock: Clock;
}

/** Gives decided events the ids that follow from their cause, and their metadata. */
export const stamp = (
  stream: StreamName,
  decided: readonly Decided[],
  cause: Cause,
  { clock, versionOf }: Stamp,
): NewEvent[] =>
  decided.map((event, index) => ({
    id: eventId(stream, cause, index),
    type: event.type,
    data: event.data as Json,
    metadata: {
      correlationId: cause.correlationId,
      causationId: cause.id,
      schemaVersion: versionOf(event.type),
      recordedAt: toIso(clock.now()),
      ...(cause.traceparent && { traceparent: cause.traceparent }),
    },
  }));

/**
 * The write path: load the stream, decide, append with the expected revision; if someone else wrote first, do it again.
 * A cause that already has events in the stream is not decided again: its events are the answer.
 * @throws RevisionConflict after 20 lost races; whatever the store throws
 */
export async function handle<State, Refused extends Refusal = never>(
  { store, clock }: { readonly store: EventStore; readonly clock: Clock },
  { stream, aggregate, cause, decide }: HandleRequest<State, Refused>,
): Promise<Handled<State, Refused>> {
  for (let attempt = 1; ; attempt += 1) {
    let state = aggregate.initial;
    let revision: number | 'none' = 'none';
    const earlier: Decided[] = [];
    for await (const event of store.readStream(stream)) {
      state = aggregate.evolve(state, event);
      revision = event.revision;
      if (event.metadata.causationId === cause.id) earlier.push({ ...event, data: event.data as object });
    }
    if (earlier.length > 0) return { state, events: earlier, repeated: true };

    const decision = decide(state);
    if (isRefusal(decision)) return { state, events: [], refused: decision as Refused, repeated: false };
    const events = decision as readonly Decided[];
    if (events.length === 0) return { state, events, repeated: false };

    try {
      await store.append(
        stream,
        stamp(stream, events, cause, { clock, versionOf: aggregate.versionOf }),
        revision,
      );
      const next = events.reduce(
        (now, event) => aggregate.evolve(now, { type: event.type, data: event.data as Json }),
        state,
      );
      return { state: next, events, repeated: false };
    } catch (fault) {
      if (!(fault instanceof RevisionConflict) || attempt === attemptsAtMost) throw fault;
    }
  }
}

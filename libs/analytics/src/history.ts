// The whole story of one handover, as of any moment.
import { type HandoverHistory, type HistoryEntry, domainEvent, published, upcast } from '@handover/contracts';
import { fromIso, type Instant, toIso } from '@handover/kernel';
import { evolveOutcome, outcomeRecord, type Outcome } from './outcome.js';

/** One event of the log, as far as a history needs it. */
export interface LoggedEvent {
  readonly id: string;
  readonly type: string;
  readonly stream: string;
  readonly revision: number;
  readonly data: unknown;
  readonly metadata: {
    readonly causationId: string;
    readonly schemaVersion: number;
    readonly recordedAt: string;
  };
}

function entry(event: LoggedEvent): HistoryEntry {
  const { id: eventId, type, stream, revision, metadata } = event;
  return {
    eventId,
    type,
    stream,
    revision,
    causationId: metadata.causationId,
    recordedAt: metadata.recordedAt,
    data: published(upcast(event).data as object),
  };
}

/** Tells the history of a handover up to and including a moment, by when things were recorded. */
export function tellHistory(
  handoverId: string,
  events: readonly LoggedEvent[],
  at: Instant,
): HandoverHistory {
  const known = events.filter((event) => fromIso(event.metadata.recordedAt) <= at);
  let outcome: Outcome | undefined;
  for (const event of known) {
    const ours = domainEvent(event);
    if (ours) outcome = evolveOutcome(outcome, ours);
  }
  return {
    handoverId,
    at: toIso(at),
    ...(outcome && { outcome: outcomeRecord(outcome, at) }),
    events: known.map(entry),
  };
}

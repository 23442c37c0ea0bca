import { type ConversationReport } from '@handover/contracts';
import { type Instant } from '@handover/kernel';
import { type Outcome } from '../outcome.js';

/** A conversation that entered automation; `repeated` and `repeats` are judged against the whole log, not the window. */
export interface ConversationFact extends ConversationReport {
  /** The same subject came back on the same issue within W of its end. */
  readonly repeated: boolean;
  /** It came within W of the last conversation or handover of the same subject and issue. */
  readonly repeats: boolean;
}

/** What the metrics are computed from. */
export interface Facts {
  /** Conversations that ended in the window. */
  readonly conversations: readonly ConversationFact[];
  /** Handovers requested in the window, or with an appointment that fell due in it. */
  readonly outcomes: readonly Outcome[];
}

/** From `from` up to, not including, `to`; `repeatWithinMs` is W. `now` decides what has fallen due. */
export interface Window {
  readonly from: Instant;
  readonly to: Instant;
  readonly repeatWithinMs: number;
  readonly now: Instant;
}

import { type ConversationReport } from '@handover/contracts';
import { type Instant } from '@handover/kernel';
import { type Outcome } from '../outcome.js';

/** A conversation that entered automation. */
export interface ConversationFact extends ConversationReport {
  /** The same subject came back on the same issue within W of its end; judged by the whole log, not by the window. */
  readonly repeated: boolean;
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

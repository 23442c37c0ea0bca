import { type AttemptOutcome } from '@handover/contracts';

export interface DialRequest {
  /** Names the call at the telephony system. */
  readonly attemptId: string;
  /** Counts the dials of this callback, from 1. */
  readonly attempt: number;
  /** E.164. Personal: never logged, never part of an id or an error. */
  readonly phoneNumber: string;
  /** Whom to connect when a person answers. */
  readonly agentId: string;
  /** For announcements, and for telling a person from a machine. */
  readonly language: string;
  /** Let it ring this long; then the call ends with `sip:480`. */
  readonly ringMs: number;
  /** Hang up after this much talk. */
  readonly maxTalkMs: number;
}

/** What happens to a call. `ended` is always the last; its cause is `sip:<status>`, or another word if there was no SIP status. */
export type CallEvent =
  | { readonly type: 'ringing' }
  | { readonly type: 'answered'; readonly by: 'person' | 'machine' }
  | { readonly type: 'ended'; readonly cause: string };

/**
 * The telephone system: dials the caller, and connects the agent as soon as a person answers.
 *
 * `dial` is called at most once per attempt id in all processes together; a system that takes an id for a call must use
 * the attempt's, so that it refuses a second one by itself (Asterisk: channel id, 409). Calls may run concurrently.
 */
export interface Telephony {
  /**
   * Dials at once and tells what happens until the call has ended.
   * @throws Error if the system cannot be asked: whether it dialled is then unknown, and the caller hangs up to be sure
   */
  dial(request: DialRequest): AsyncIterable<CallEvent>;
  /** Ends a call, whatever its state. A call that is over or was never made: nothing. Resolves when it no longer rings or talks. */
  hangUp(attemptId: string): Promise<void>;
}

const outcomes: Readonly<Record<string, AttemptOutcome>> = {
  'sip:403': 'declined',
  'sip:404': 'wrong-number',
  'sip:408': 'no-answer',
  'sip:410': 'wrong-number',
  'sip:480': 'no-answer',
  'sip:484': 'wrong-number',
  'sip:486': 'busy',
  'sip:487': 'no-answer',
  'sip:600': 'busy',
  'sip:603': 'declined',
  'sip:604': 'wrong-number',
  'sip:607': 'declined',
};

/**
 * The outcome of a call that no person answered, by its hang-up cause (RFC 3261 §21; 607: RFC 8197).
 * What the table does not name, 503 among it, says nothing about the called person: `failed`.
 */
export const outcomeOf = (cause: string): AttemptOutcome => outcomes[cause] ?? 'failed';

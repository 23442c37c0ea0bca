import { type AttemptOutcome } from '@handover/contracts';
import { hourMs, minuteMs, secondMs } from '@handover/kernel';

/** Outcomes after which dialling again makes sense. `wrong-number` and `declined` end the callback. */
export type RetryableOutcome = Extract<AttemptOutcome, 'busy' | 'no-answer' | 'voicemail' | 'failed'>;

/** When to dial again somebody who was not reached. */
export interface RetryRules {
  /** Dials in all for one window, late ones included. */
  readonly maxAttempts: number;
  /** From the end of an attempt to the next one, while that still falls inside the window. */
  readonly insideMs: Readonly<Record<RetryableOutcome, number>>;
  /** The same after the window: the caller no longer waits by the telephone. */
  readonly afterMs: Readonly<Record<RetryableOutcome, number>>;
  /** How long after the window a late dial may begin. Then the callback is given up, with the last outcome. */
  readonly lateMs: number;
}

/** What a centre may tune. docs/dialing.md names the environment variable of each. */
export interface DialingSettings {
  /** Before a dial is due, an agent is chosen and gets the briefing. */
  readonly leadMs: number;
  /** A briefing that is not acknowledged in this time goes to the next agent. */
  readonly acknowledgeMs: number;
  /** An agent who let a briefing go unacknowledged is not asked again for the same callback before this. */
  readonly askAgainMs: number;
  /** A briefed agent is kept for the next attempt if it is due within this; otherwise released. */
  readonly keepAgentMs: number;
  /** How long the caller's telephone rings. */
  readonly ringMs: number;
  /** How much later than `ringMs` or `maxTalkMs` an attempt without news is declared lost. */
  readonly graceMs: number;
  /** A call is hung up after this. */
  readonly maxTalkMs: number;
  /** After the hang-up the agent has this long for the disposition; then it is `follow-up`. */
  readonly dispositionMs: number;
  readonly retry: RetryRules;
}

export const usualSettings: DialingSettings = {
  leadMs: minuteMs,
  acknowledgeMs: 30 * secondMs,
  askAgainMs: 2 * minuteMs,
  keepAgentMs: 3 * minuteMs,
  ringMs: 30 * secondMs,
  graceMs: 20 * secondMs,
  maxTalkMs: hourMs,
  dispositionMs: 10 * minuteMs,
  retry: {
    maxAttempts: 3,
    insideMs: { busy: minuteMs, 'no-answer': 2 * minuteMs, voicemail: 3 * minuteMs, failed: 30 * secondMs },
    afterMs: {
      busy: 10 * minuteMs,
      'no-answer': 30 * minuteMs,
      voicemail: hourMs,
      failed: 5 * minuteMs,
    },
    lateMs: 4 * hourMs,
  },
};

import { type AttemptOutcome, type CallbackEvent } from '@handover/contracts';
import { type Decision, type Instant, type Refusal } from '@handover/kernel';
import { type RetryRules } from '../settings.js';
import { type AllowedHours } from '../timing/calling-hours.js';
import { nextDial } from '../timing/retry-rules.js';
import { about } from './about.js';
import { type Attempt, type Callback, type KnownCallback, inProgress, reached } from './callback.js';

export type DialRefused = Refusal<'not-open' | 'dial-in-progress' | 'not-acknowledged' | 'not-due'>;

const refuse = (refused: DialRefused['refused'], why: string): DialRefused => ({ refused, why });

/**
 * May the caller be dialled at this moment? The event is stored before the dial, with a new attempt id, and whoever
 * stored it dials: so one attempt is dialled once. Refused without an acknowledged briefing, outside the calling hours,
 * before the window, and before the spacing that the retry rules ask for.
 */
export function startAttempt(
  callback: Callback,
  { attemptId, rules, hours }: { attemptId: string; rules: RetryRules; hours: AllowedHours },
  now: Instant,
): Decision<CallbackEvent, DialRefused> {
  if (callback.is !== 'open') return refuse('not-open', 'The callback is not open.');
  if (inProgress(callback) || reached(callback))
    return refuse('dial-in-progress', 'The caller is being dialled, or was reached.');
  const { assigned, start, end } = callback;
  if (assigned?.acknowledgedAt === undefined)
    return refuse('not-acknowledged', 'No agent has acknowledged the briefing.');
  const due = nextDial(callback, rules, hours, now);
  if (due === undefined || due > now) return refuse('not-due', 'No dial is due, or allowed, at this moment.');
  const attempt = callback.attempts + 1;
  const inWindow = start <= now && now < end;
  const { agentId } = assigned;
  return [
    {
      type: 'AttemptStarted',
      data: { ...about(callback, now), attemptId, attempt, agentId, inWindow },
    },
  ];
}

/** The attempt in progress, if it is the one that is meant: news of any other comes too late. */
const current = (callback: KnownCallback, attemptId: string): Attempt | undefined => {
  const attempt = inProgress(callback);
  return attempt?.attemptId === attemptId ? attempt : undefined;
};

/** A live person answered and talks with the agent. Nothing, if the attempt is over: then the call must be dropped. */
export function connect(callback: Callback, attemptId: string, now: Instant): CallbackEvent[] {
  if (callback.is !== 'open') return [];
  const attempt = current(callback, attemptId);
  if (!attempt || attempt.connectedAt !== undefined) return [];
  const briefed = callback.assigned?.acknowledgedAt !== undefined;
  return [
    {
      type: 'CallerConnected',
      data: { ...about(callback, now), attemptId, agentId: attempt.agentId, briefed },
    },
  ];
}

/** How a dial ended when no person was talked to; a call with a person always ends `answered`. */
export function endAttempt(
  callback: Callback,
  { attemptId, outcome, cause }: { attemptId: string; outcome: AttemptOutcome; cause?: string },
  now: Instant,
): CallbackEvent[] {
  if (callback.is !== 'open') return [];
  const attempt = current(callback, attemptId);
  if (!attempt) return [];
  const told = attempt.connectedAt === undefined ? outcome : 'answered';
  return [
    {
      type: 'AttemptEnded',
      data: {
        ...about(callback, now),
        attemptId,
        attempt: attempt.attempt,
        outcome: told,
        ...(cause && { cause }),
      },
    },
  ];
}

import {
  type VersionedEvent,
  type AttemptOutcome,
  type CallbackCompleted,
  type CallbackEvent,
  type CancelReason,
  type ScheduleCallback,
  domainEvent,
  streams,
} from '@handover/contracts';
import { type Instant, fromIso } from '@handover/kernel';

// One appointment being kept: the agent who is briefed, the attempts to reach the caller, and how it ends.

export const callbackStream = streams.callback;

/** The agent who has the briefing on the desk. Acknowledging it makes the agent ready for the dial. */
export interface Assignment {
  readonly agentId: string;
  /** Counts the assignments of this callback, from 1. */
  readonly assignment: number;
  readonly presentedAt: Instant;
  readonly acknowledgedAt?: Instant;
  /** From when on the agent is taken from other promises: the window's start as it was then, if the assignment came before it. */
  readonly boundFrom: Instant;
}

/** One dial. It is in progress until it has an end; a person was reached if it has a connect. */
export interface Attempt {
  readonly attemptId: string;
  readonly attempt: number;
  readonly agentId: string;
  readonly startedAt: Instant;
  readonly connectedAt?: Instant;
  readonly end?: { readonly at: Instant; readonly outcome: AttemptOutcome };
}

export interface KnownCallback {
  readonly is: 'open' | 'closed';
  /** As agreed; its window is the present one. */
  readonly terms: ScheduleCallback;
  /** `[start, end)`: the dial begins inside. */
  readonly start: Instant;
  readonly end: Instant;
  readonly assigned?: Assignment;
  readonly assignments: number;
  /** For how long agents were bound by it who have been released, all together. */
  readonly boundMs: number;
  /** Who let a briefing for the present window go unacknowledged, and when that was found out. */
  readonly passedOver: Readonly<Record<string, Instant>>;
  /** The last attempt; one that ended before the callback was rescheduled is forgotten. */
  readonly last?: Attempt;
  /** Attempts in all, and those since the present window was agreed: retry rules go by the latter. */
  readonly attempts: number;
  readonly attemptsForWindow: number;
  /** The present window closed and no dial had begun. */
  readonly missed: boolean;
  /** How it ended, once it is closed. */
  readonly ending?:
    | { readonly by: 'completion'; readonly completed: CallbackCompleted }
    | { readonly by: 'cancellation'; readonly reason: CancelReason };
}

/** `unknown`: nobody has scheduled it. */
export type Callback = { readonly is: 'unknown' } | KnownCallback;

export const unknownCallback: Callback = { is: 'unknown' };

/** A dial that has begun and not ended: the caller's telephone rings, or they talk. */
export const inProgress = ({ last }: KnownCallback): Attempt | undefined =>
  last && !last.end ? last : undefined;

/** A live person was reached: what is left is the agent's disposition. */
export const reached = ({ last }: KnownCallback): boolean => last?.connectedAt !== undefined;

/** For how long agents have been bound by it until a moment, all together. What one spends on it in the lead is taken from no other promise. */
export const boundMs = ({ boundMs: before, assigned }: KnownCallback, until: Instant): number =>
  before + (assigned ? Math.max(0, until - assigned.boundFrom) : 0);

function scheduled(terms: ScheduleCallback): KnownCallback {
  return {
    is: 'open',
    terms,
    start: fromIso(terms.start),
    end: fromIso(terms.end),
    assignments: 0,
    boundMs: 0,
    passedOver: {},
    attempts: 0,
    attemptsForWindow: 0,
    missed: false,
  };
}

function evolveAssignment(callback: KnownCallback, event: CallbackEvent): KnownCallback {
  const { assigned } = callback;
  const at = fromIso(event.data.occurredAt);
  switch (event.type) {
    case 'AgentAssigned': {
      const { agentId, assignment } = event.data;
      const boundFrom = Math.max(at, callback.start);
      const given = { agentId, assignment, presentedAt: at, boundFrom };
      return { ...callback, assigned: given, assignments: assignment };
    }
    case 'BriefingPresented':
      return assigned ? { ...callback, assigned: { ...assigned, presentedAt: at } } : callback;
    case 'BriefingAcknowledged':
      return assigned ? { ...callback, assigned: { ...assigned, acknowledgedAt: at } } : callback;
    case 'AgentReleased': {
      const { agentId, reason } = event.data;
      const passedOver =
        reason === 'unacknowledged' ? { ...callback.passedOver, [agentId]: at } : callback.passedOver;
      return { ...callback, assigned: undefined, boundMs: boundMs(callback, at), passedOver };
    }
    default:
      return callback;
  }
}

function evolveAttempt(callback: KnownCallback, event: CallbackEvent): KnownCallback {
  const { last } = callback;
  const at = fromIso(event.data.occurredAt);
  switch (event.type) {
    case 'AttemptStarted': {
      const { attemptId, attempt, agentId } = event.data;
      return {
        ...callback,
        last: { attemptId, attempt, agentId, startedAt: at },
        attempts: attempt,
        attemptsForWindow: callback.attemptsForWindow + 1,
      };
    }
    case 'CallerConnected':
      return last ? { ...callback, last: { ...last, connectedAt: at } } : callback;
    case 'AttemptEnded':
      return last ? { ...callback, last: { ...last, end: { at, outcome: event.data.outcome } } } : callback;
    default:
      return callback;
  }
}

/** A new window forgets what went wrong in the old one, but not a dial that is still in progress. */
const rescheduled = (callback: KnownCallback, { start, end }: { start: string; end: string }) => ({
  ...callback,
  terms: { ...callback.terms, start, end },
  start: fromIso(start),
  end: fromIso(end),
  passedOver: {},
  last: inProgress(callback),
  attemptsForWindow: 0,
  missed: false,
});

/** The callback after one more event of its stream. A closed callback stays as it is. */
export function evolve(callback: Callback, stored: VersionedEvent): Callback {
  const event = domainEvent(stored);
  if (callback.is === 'unknown')
    return event?.type === 'CallbackScheduled' ? scheduled(event.data) : callback;
  if (callback.is === 'closed') return callback;
  switch (event?.type) {
    case 'CallbackRescheduled':
      return rescheduled(callback, event.data);
    case 'AgentAssigned':
    case 'AgentReleased':
    case 'BriefingPresented':
    case 'BriefingAcknowledged':
      return evolveAssignment(callback, event);
    case 'AttemptStarted':
    case 'CallerConnected':
    case 'AttemptEnded':
      return evolveAttempt(callback, event);
    case 'CallbackMissed':
      return { ...callback, missed: true };
    case 'CallbackCompleted':
      return { ...callback, is: 'closed', ending: { by: 'completion', completed: event.data } };
    case 'CallbackCancelled':
      return { ...callback, is: 'closed', ending: { by: 'cancellation', reason: event.data.reason } };
    default:
      return callback;
  }
}

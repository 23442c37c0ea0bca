import { type AgentRelease, type Disposition, type MissReason } from '@handover/contracts';
import { type Instant } from '@handover/kernel';
import {
  type Assignment,
  type Attempt,
  type Callback,
  type KnownCallback,
  inProgress,
} from './callback/callback.js';
import { type DialingSettings } from './settings.js';
import { type AllowedHours, nextAllowed } from './timing/calling-hours.js';
import { nextDial } from './timing/retry-rules.js';

/** What is to be done for a callback at this moment. */
export type Step =
  /** Nothing before this moment, unless an event changes the callback. */
  | { readonly do: 'wait'; readonly until: Instant }
  /** Nothing, ever. */
  | { readonly do: 'rest' }
  /** Choose an agent who can take the dial that is due at `due`, and present the briefing. */
  | { readonly do: 'assign'; readonly due: Instant }
  | { readonly do: 'release'; readonly agentId: string; readonly reason: AgentRelease }
  | { readonly do: 'dial' }
  /** The process that dialled is gone: nobody will report how the attempt ends. */
  | { readonly do: 'give-up-attempt'; readonly attemptId: string }
  | { readonly do: 'miss'; readonly reason: MissReason }
  | { readonly do: 'complete'; readonly disposition: Disposition; readonly by: 'telephony' | 'timeout' };

/** What a step depends on besides the callback itself. */
export interface Circumstances {
  readonly now: Instant;
  /** Calling hours of the called person. */
  readonly hours: AllowedHours;
  /** The assigned agent, if there is one, is available and has no earlier callback. */
  readonly agentReady: boolean;
  /** A callback whose window runs out wants the agent, and this one may wait. */
  readonly agentWanted: boolean;
}

const wait = (until: Instant): Step => ({ do: 'wait', until });

/**
 * The next step of a callback: a pure function of its history, the moment and the settings. Timers only say "look again
 * now", so that after any restart the log alone tells how to go on.
 */
export function nextStep(callback: Callback, circumstances: Circumstances, settings: DialingSettings): Step {
  if (callback.is !== 'open') return { do: 'rest' };
  const attempt = inProgress(callback);
  if (attempt) return duringAttempt(attempt, circumstances, settings);
  const { last } = callback;
  if (last?.end && last.connectedAt !== undefined) return afterCall(last.end.at, circumstances, settings);
  if (last?.end && (last.end.outcome === 'wrong-number' || last.end.outcome === 'declined'))
    return { do: 'complete', disposition: last.end.outcome, by: 'telephony' };
  return beforeDial(callback, circumstances, settings);
}

/** Whoever dialled reports the end. If no end is known well after the latest possible one, that process is gone. */
function duringAttempt(attempt: Attempt, { now }: Circumstances, settings: DialingSettings): Step {
  const overAt =
    attempt.connectedAt === undefined
      ? attempt.startedAt + settings.ringMs
      : attempt.connectedAt + settings.maxTalkMs;
  const lostAt = overAt + settings.graceMs;
  return now < lostAt ? wait(lostAt) : { do: 'give-up-attempt', attemptId: attempt.attemptId };
}

function afterCall(endedAt: Instant, { now }: Circumstances, { dispositionMs }: DialingSettings): Step {
  const deadline = endedAt + dispositionMs;
  return now < deadline ? wait(deadline) : { do: 'complete', disposition: 'follow-up', by: 'timeout' };
}

function beforeDial(callback: KnownCallback, circumstances: Circumstances, settings: DialingSettings): Step {
  const { now, hours } = circumstances;
  const due = nextDial(callback, settings.retry, hours, now);
  if (!callback.missed && callback.attemptsForWindow === 0) {
    if (now >= callback.end) return { do: 'miss', reason: missReason(callback, circumstances, settings) };
    const step = due === undefined ? wait(callback.end) : towardsDial(callback, due, circumstances, settings);
    return step.do === 'wait' ? wait(Math.min(step.until, callback.end)) : step;
  }
  return due === undefined ? givenUp(callback) : towardsDial(callback, due, circumstances, settings);
}

function towardsDial(
  callback: KnownCallback,
  due: Instant,
  { now, agentReady, agentWanted }: Circumstances,
  settings: DialingSettings,
): Step {
  const { assigned } = callback;
  if (!assigned) return now < due - settings.leadMs ? wait(due - settings.leadMs) : { do: 'assign', due };
  const { agentId } = assigned;
  if (!agentReady) return { do: 'release', agentId, reason: 'unavailable' };
  const keepFrom = due - Math.max(settings.leadMs, settings.keepAgentMs);
  if (now < keepFrom) return { do: 'release', agentId, reason: 'between-attempts' };
  if (agentWanted && now < due) return { do: 'release', agentId, reason: 'more-pressing' };
  if (assigned.acknowledgedAt === undefined) return untilAcknowledged(assigned, now, settings);
  return now < due ? wait(due) : { do: 'dial' };
}

function untilAcknowledged(assigned: Assignment, now: Instant, { acknowledgeMs }: DialingSettings): Step {
  const deadline = assigned.presentedAt + acknowledgeMs;
  const { agentId } = assigned;
  return now < deadline ? wait(deadline) : { do: 'release', agentId, reason: 'unacknowledged' };
}

/** Why no dial began in the window that has just closed. */
function missReason(
  { start, end, assigned, passedOver }: KnownCallback,
  { now, hours }: Circumstances,
  { leadMs }: DialingSettings,
): MissReason {
  if (nextAllowed(start, hours) >= end) return 'outside-calling-hours';
  if (now >= end + leadMs) return 'dialing-was-down';
  return assigned || Object.keys(passedOver).length > 0 ? 'no-briefed-agent' : 'no-agent';
}

/** No dial is allowed any more: the last outcome stands. Without any dial the callback has failed, for want of time. */
function givenUp({ last }: KnownCallback): Step {
  const outcome = last?.end?.outcome;
  return outcome && outcome !== 'answered'
    ? { do: 'complete', disposition: outcome, by: 'telephony' }
    : { do: 'complete', disposition: 'failed', by: 'timeout' };
}

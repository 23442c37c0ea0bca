import {
  type CallbackEvent,
  type CancelCallback,
  type MissReason,
  type RescheduleCallback,
  type ScheduleCallback,
} from '@handover/contracts';
import { type Decision, type Instant, type Refusal, toIso } from '@handover/kernel';
import { type Callback, type KnownCallback, inProgress, reached } from './callback.js';
import { about } from './about.js';

export type UnknownCallback = Refusal<'unknown-callback'>;

export const unknown = (callbackId: string): UnknownCallback => ({
  refused: 'unknown-callback',
  why: `No callback "${callbackId}" was ever scheduled.`,
});

/** Begins a callback. Scheduling it again changes nothing: an appointment is moved by `reschedule`. */
export const schedule = (callback: Callback, command: ScheduleCallback, now: Instant): CallbackEvent[] =>
  callback.is === 'unknown'
    ? [{ type: 'CallbackScheduled', data: { ...command, occurredAt: toIso(now) } }]
    : [];

const released = (
  callback: KnownCallback,
  reason: 'rescheduled' | 'cancelled',
  now: Instant,
): CallbackEvent[] =>
  callback.assigned
    ? [
        {
          type: 'AgentReleased',
          data: { ...about(callback, now), agentId: callback.assigned.agentId, reason },
        },
      ]
    : [];

/**
 * Moves the window. While the caller's telephone rings the dial goes on, and the new window holds if nobody answers;
 * once a person was reached it is too late to move anything.
 */
export function reschedule(
  callback: Callback,
  command: RescheduleCallback,
  now: Instant,
): Decision<CallbackEvent, UnknownCallback> {
  if (callback.is === 'unknown') return unknown(command.callbackId);
  const { start, end } = command;
  const same = callback.terms.start === start && callback.terms.end === end;
  if (callback.is === 'closed' || reached(callback) || same) return [];
  return [
    ...(inProgress(callback) ? [] : released(callback, 'rescheduled', now)),
    { type: 'CallbackRescheduled', data: { ...about(callback, now), start, end } },
  ];
}

/** Ends a callback that is no longer wanted; a dial that rings is ended with it. Two people who talk are left to talk. */
export function cancel(
  callback: Callback,
  command: CancelCallback,
  now: Instant,
): Decision<CallbackEvent, UnknownCallback> {
  if (callback.is === 'unknown') return unknown(command.callbackId);
  if (callback.is === 'closed' || reached(callback)) return [];
  const ringing = inProgress(callback);
  const of = about(callback, now);
  return [
    ...(ringing
      ? [
          {
            type: 'AttemptEnded',
            data: {
              ...of,
              attemptId: ringing.attemptId,
              attempt: ringing.attempt,
              outcome: 'failed',
              cause: 'cancelled',
            },
          } as const,
        ]
      : []),
    ...released(callback, 'cancelled', now),
    { type: 'CallbackCancelled', data: { ...of, reason: command.reason } },
  ];
}

/** The window closed and no dial had begun in it. */
export function miss(callback: Callback, reason: MissReason, now: Instant): CallbackEvent[] {
  if (callback.is !== 'open' || callback.missed || callback.attemptsForWindow > 0 || now < callback.end)
    return [];
  return [{ type: 'CallbackMissed', data: { ...about(callback, now), start: callback.terms.start, reason } }];
}

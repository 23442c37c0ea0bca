import {
  type CallbackCompleted,
  type CallbackEvent,
  type DispositionReport,
  type Disposition,
} from '@handover/contracts';
import { type Decision, type Instant, type Refusal, secondMs } from '@handover/kernel';
import { about } from './about.js';
import { endAttempt } from './attempts.js';
import { type Callback, type KnownCallback, boundMs } from './callback.js';
import { type UnknownCallback, unknown } from './window.js';

export type DispositionRefused =
  UnknownCallback | Refusal<'not-your-callback' | 'not-connected' | 'callback-closed'>;

const wholeSeconds = (spanMs: number): number => Math.min(86_400, Math.max(0, Math.round(spanMs / secondMs)));

/** For how long agents have been bound by it, if it ever had one. */
const boundSeconds = (callback: KnownCallback, now: Instant): { agentSeconds?: number } =>
  callback.assignments === 0 ? {} : { agentSeconds: wholeSeconds(boundMs(callback, now)) };

/** What is measured of a report, as one text. */
const measured = ({ agentId, disposition, reAsked, opportunities = [] }: Measured): string =>
  [
    agentId,
    disposition,
    reAsked,
    ...opportunities.map(({ opportunityId, outcome }) => `${opportunityId} ${outcome}`).sort(),
  ].join();
type Measured = Pick<CallbackCompleted, 'agentId' | 'disposition' | 'reAsked' | 'opportunities'>;

/** The same agent said the same before: a retry of the request. */
const saidBefore = ({ ending }: KnownCallback, report: DispositionReport): boolean =>
  ending?.by === 'completion' &&
  ending.completed.by === 'agent' &&
  measured(ending.completed) === measured(report);

const noConversation = (callbackId: string): DispositionRefused => ({
  refused: 'not-connected',
  why: `Callback "${callbackId}" reached nobody yet: there is nothing to dispose of.`,
});

/** The agent who talked with the caller closes the callback; if they still talk, the call ends with it. */
export function dispose(
  callback: Callback,
  callbackId: string,
  report: DispositionReport,
  now: Instant,
): Decision<CallbackEvent, DispositionRefused> {
  if (callback.is === 'unknown') return unknown(callbackId);
  if (callback.is === 'closed')
    return saidBefore(callback, report)
      ? []
      : { refused: 'callback-closed', why: `Callback "${callbackId}" has ended already, in another way.` };
  const { last, terms, attempts } = callback;
  if (last?.connectedAt === undefined) return noConversation(callbackId);
  if (last.agentId !== report.agentId)
    return {
      refused: 'not-your-callback',
      why: `Callback "${callbackId}" connected another agent than "${report.agentId}".`,
    };
  return [
    ...endAttempt(
      callback,
      { attemptId: last.attemptId, outcome: 'answered', cause: 'closed-by-agent' },
      now,
    ),
    {
      type: 'CallbackCompleted',
      data: {
        ...about(callback, now),
        ...report,
        by: 'agent',
        attempts,
        handleSeconds: wholeSeconds(now - last.connectedAt),
        ...boundSeconds(callback, now),
        issueType: terms.issueType,
      },
    },
  ];
}

/** Closes the callback without an agent's word: the telephony outcome stands, or nobody spoke in time. */
export function complete(
  callback: Callback,
  { disposition, by }: { disposition: Disposition; by: 'telephony' | 'timeout' },
  now: Instant,
): CallbackEvent[] {
  if (callback.is !== 'open') return [];
  const { last, terms, attempts } = callback;
  if (last && !last.end) return [];
  return [
    {
      type: 'CallbackCompleted',
      data: {
        ...about(callback, now),
        disposition,
        by,
        ...(last && { agentId: last.agentId }),
        attempts,
        ...(last?.connectedAt !== undefined &&
          last.end && { handleSeconds: wholeSeconds(last.end.at - last.connectedAt) }),
        ...boundSeconds(callback, now),
        issueType: terms.issueType,
      },
    },
  ];
}

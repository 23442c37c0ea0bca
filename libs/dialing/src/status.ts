import { type CallbackPhase, type CallbackStatus } from '@handover/contracts';
import { type Instant, fromIso, secondMs } from '@handover/kernel';
import { type KnownCallback, inProgress, reached } from './callback/callback.js';

export function phaseOf(callback: KnownCallback): CallbackPhase {
  if (callback.ending) return callback.ending.by === 'completion' ? 'completed' : 'cancelled';
  const talked = reached(callback);
  if (inProgress(callback)) return talked ? 'connected' : 'ringing';
  if (talked) return 'wrap-up';
  if (!callback.assigned) return 'scheduled';
  return callback.assigned.acknowledgedAt === undefined ? 'briefing' : 'ready';
}

/** What anybody may know of a callback. */
export function statusOf(callback: KnownCallback, now: Instant): CallbackStatus {
  const { terms, assigned, last, ending } = callback;
  const agentId = reached(callback) ? last?.agentId : assigned?.agentId;
  return {
    callbackId: terms.callbackId,
    handoverId: terms.handoverId,
    pool: terms.pool,
    issueType: terms.issueType,
    phase: phaseOf(callback),
    start: terms.start,
    end: terms.end,
    timeZone: terms.timeZone,
    ...(agentId && { agentId }),
    acknowledged: assigned?.acknowledgedAt !== undefined,
    connected: reached(callback),
    attempts: callback.attempts,
    ...(last?.end && { lastOutcome: last.end.outcome }),
    missed: callback.missed,
    ...(ending?.by === 'completion' && { disposition: ending.completed.disposition }),
    ...(!ending && { ageSeconds: Math.max(0, Math.floor((now - fromIso(terms.occurredAt)) / secondMs)) }),
  };
}

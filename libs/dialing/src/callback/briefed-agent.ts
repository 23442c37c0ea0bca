import { type AgentRelease, type CallbackEvent } from '@handover/contracts';
import { type Decision, type Instant, type Refusal } from '@handover/kernel';
import { about } from './about.js';
import { type Callback, inProgress, reached } from './callback.js';
import { type UnknownCallback, unknown } from './window.js';

export type AcknowledgeRefused = UnknownCallback | Refusal<'not-your-callback' | 'callback-closed'>;

/** Gives the callback to an agent and puts the briefing on the desk. Nothing, if an agent has it already. */
export function assignAgent(callback: Callback, agentId: string, now: Instant): CallbackEvent[] {
  if (callback.is !== 'open' || callback.assigned || reached(callback)) return [];
  const of = { ...about(callback, now), agentId };
  return [
    { type: 'AgentAssigned', data: { ...of, assignment: callback.assignments + 1 } },
    { type: 'BriefingPresented', data: of },
  ];
}

/** Takes the callback from the agent, if this one still has it and no dial is in progress. */
export function releaseAgent(
  callback: Callback,
  agentId: string,
  reason: AgentRelease,
  now: Instant,
): CallbackEvent[] {
  if (callback.is !== 'open' || callback.assigned?.agentId !== agentId) return [];
  if (inProgress(callback) || reached(callback)) return [];
  if (reason === 'unacknowledged' && callback.assigned.acknowledgedAt !== undefined) return [];
  return [{ type: 'AgentReleased', data: { ...about(callback, now), agentId, reason } }];
}

/** The agent has read the briefing. Saying so twice is once. */
export function acknowledge(
  callback: Callback,
  callbackId: string,
  agentId: string,
  now: Instant,
): Decision<CallbackEvent, AcknowledgeRefused> {
  if (callback.is === 'unknown') return unknown(callbackId);
  const { assigned } = callback;
  if (assigned?.agentId !== agentId)
    return {
      refused: 'not-your-callback',
      why: `Callback "${callbackId}" is not with agent "${agentId}" now: it may have gone to another agent.`,
    };
  if (assigned.acknowledgedAt !== undefined) return [];
  if (callback.is === 'closed')
    return { refused: 'callback-closed', why: `Callback "${callbackId}" has ended: there is nothing to do.` };
  return [{ type: 'BriefingAcknowledged', data: { ...about(callback, now), agentId } }];
}

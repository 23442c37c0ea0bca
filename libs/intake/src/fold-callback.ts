import { type CallbackView, type DomainEvent, type HandoverView } from '@handover/contracts';
import { restingStatus } from './resting-status.js';

const callbackOf = (view: HandoverView, callbackId: string): CallbackView =>
  view.callback ?? { callbackId, attempts: 0, missed: false };

/** What dialing's events change. A callback's id is its appointment's. */
export function changesByDialing(view: HandoverView, event: DomainEvent): Partial<HandoverView> {
  switch (event.type) {
    case 'CallbackScheduled':
      return { callback: callbackOf(view, event.data.callbackId) };
    case 'AgentAssigned':
    case 'BriefingPresented':
    case 'BriefingAcknowledged':
      return { status: 'briefing' };
    case 'AgentReleased':
      return { status: restingStatus(view, 'scheduled') };
    case 'AttemptStarted': {
      const callback = callbackOf(view, event.data.callbackId);
      return { callback: { ...callback, attempts: event.data.attempt }, status: 'dialing' };
    }
    case 'AttemptEnded': {
      const callback = { ...callbackOf(view, event.data.callbackId), lastOutcome: event.data.outcome };
      const answered = event.data.outcome === 'answered';
      return { callback, ...(!answered && { status: restingStatus({ ...view, callback }, 'scheduled') }) };
    }
    case 'CallerConnected':
      return { status: 'connected' };
    case 'CallbackMissed':
      return { callback: { ...callbackOf(view, event.data.callbackId), missed: true }, status: 'missed' };
    case 'CallbackCompleted': {
      const { callbackId, disposition } = event.data;
      return { callback: { ...callbackOf(view, callbackId), disposition }, status: 'completed' };
    }
    case 'CallbackCancelled':
      return { status: event.data.reason === 'superseded' ? 'superseded' : 'withdrawn' };
    default:
      return {};
  }
}

import { type CallbackView, type DomainEvent, type HandoverView } from '@handover/contracts';

const callbackOf = (view: HandoverView, callbackId: string): CallbackView =>
  view.callback ?? { callbackId, attempts: 0, missed: false };

/** What dialing's events change in the view, besides its status. A callback has the id of its appointment. */
export function changesByDialing(view: HandoverView, event: DomainEvent): Partial<HandoverView> {
  switch (event.type) {
    case 'CallbackScheduled':
      return { callback: callbackOf(view, event.data.callbackId) };
    case 'AttemptStarted':
      return { callback: { ...callbackOf(view, event.data.callbackId), attempts: event.data.attempt } };
    case 'AttemptEnded':
      return { callback: { ...callbackOf(view, event.data.callbackId), lastOutcome: event.data.outcome } };
    case 'CallbackMissed':
      return { callback: { ...callbackOf(view, event.data.callbackId), missed: true } };
    case 'CallbackCompleted': {
      const { callbackId, disposition } = event.data;
      return { callback: { ...callbackOf(view, callbackId), disposition } };
    }
    default:
      return {};
  }
}

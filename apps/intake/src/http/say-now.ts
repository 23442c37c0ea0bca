import { type HandoverView } from '@handover/contracts';
import { type Instant, fromIso } from '@handover/kernel';
import * as words from '@handover/words';

/**
 * What to tell a caller who asks how the handover stands: true of the present status, with times as they are said now.
 * The exact words that were said when a time was agreed are stored with the appointment.
 */
export function sayNow(view: HandoverView, now: Instant): string {
  switch (view.status) {
    case 'requested':
      return words.pendingSentence(view);
    case 'offered':
      return words.offersSentence(
        view.offers.map(({ start }) => fromIso(start)),
        now,
        view,
      );
    case 'no-slot':
      return noSlot(view, now);
    case 'declined':
      return words.declinedSentence(view);
    case 'expired':
      return words.expiredSentence(view);
    case 'scheduled':
    case 'at-risk':
    case 'briefing':
      return agreed(view, now);
    case 'missed':
      return missed(view, now);
    case 'dialing':
      return words.dialingSentence(view);
    case 'connected':
      return words.connectedSentence(view);
    case 'completed':
      return words.endedSentence(view.callback?.disposition ?? 'failed', view);
    case 'withdrawn':
      return view.appointment ? words.cancelledSentence(view) : words.declinedSentence(view);
    case 'superseded':
      return words.supersededSentence(view);
  }
}

function noSlot(view: HandoverView, now: Instant): string {
  const { reason = 'unknown-pool', nextOpening } = view.noSlot ?? {};
  return words.noSlotSentence(reason, now, view, nextOpening ? fromIso(nextOpening) : undefined);
}

function agreed(view: HandoverView, now: Instant): string {
  const { appointment, callback } = view;
  if (callback?.missed) return missed(view, now);
  if (callback && callback.attempts > 0) return words.againSentence(view);
  if (!appointment) return words.pendingSentence(view);
  const start = fromIso(appointment.start);
  if (appointment.movedFrom === undefined) return words.confirmedSentence(start, now, view);
  return words.movedSentence(fromIso(appointment.movedFrom), start, now, view);
}

const missed = ({ appointment, ...view }: HandoverView, now: Instant): string =>
  appointment
    ? words.missedSentence(fromIso(appointment.start), now, view)
    : words.endedSentence('failed', view);

import {
  type AppointmentCancelled,
  type AppointmentConfirmed,
  type AppointmentMoved,
  type AppointmentView,
  type ConfirmationRefused,
  type DomainEvent,
  type HandoverView,
  type Offer,
  type OfferView,
} from '@handover/contracts';
import { restingStatus } from './resting-status.js';

/** Offers as they are told to a bot. */
export const offersHeld = (
  offers: readonly Offer[],
  timeZone: string,
  holdUntil: string | undefined,
): OfferView[] =>
  offers.map(({ offerId, start, end, words }) => ({
    offerId,
    start,
    end,
    timeZone,
    words,
    holdUntil: holdUntil ?? start,
  }));

/** An appointment as it is told to a bot. */
export const appointmentMade = ({
  appointmentId,
  offerId,
  start,
  end,
  timeZone,
  words,
}: AppointmentConfirmed): AppointmentView => ({
  appointmentId,
  offerId,
  start,
  end,
  timeZone,
  words,
  state: 'confirmed',
});

const withoutOffers = (view: HandoverView, offerIds: readonly string[]): Partial<HandoverView> => {
  const offers = view.offers.filter(({ offerId }) => !offerIds.includes(offerId));
  const lostTheLast = view.status === 'offered' && offers.length === 0;
  return { offers, ...(lostTheLast && { status: restingStatus({ ...view, offers }, 'expired') }) };
};

function refused(view: HandoverView, data: ConfirmationRefused): Partial<HandoverView> {
  const fresh = offersHeld(data.offers, view.timeZone, data.holdUntil);
  const others = view.offers.filter(({ offerId }) => offerId !== data.offerId);
  const offers = fresh.length > 0 ? fresh : others;
  return { offers, status: restingStatus({ ...view, offers }, 'expired') };
}

const moved = ({ appointment }: HandoverView, data: AppointmentMoved): Partial<HandoverView> => {
  if (!appointment) return {};
  const { start, end, timeZone, words, fromStart: movedFrom } = data;
  const next = { ...appointment, start, end, timeZone, words, movedFrom, state: 'confirmed' as const };
  return { appointment: next, status: 'scheduled' };
};

const inState = (
  { appointment }: HandoverView,
  state: AppointmentView['state'],
): Pick<HandoverView, 'appointment'> => (appointment ? { appointment: { ...appointment, state } } : {});

const cancelled = (view: HandoverView, { reason }: AppointmentCancelled): Partial<HandoverView> => ({
  ...inState(view, 'cancelled'),
  status: reason === 'superseded' ? 'superseded' : 'withdrawn',
});

/** What reservation's events change. */
export function changesByReservation(view: HandoverView, event: DomainEvent): Partial<HandoverView> {
  switch (event.type) {
    case 'OffersHeld': {
      const offers = offersHeld(event.data.offers, event.data.timeZone, event.data.holdUntil);
      return {
        offers,
        noSlot: undefined,
        status: restingStatus({ ...view, offers }, 'offered'),
      };
    }
    case 'NoSlotFound': {
      const { reason, nextOpening } = event.data;
      return {
        noSlot: { reason, ...(nextOpening && { nextOpening }) },
        status: restingStatus(view, 'no-slot'),
      };
    }
    case 'AppointmentConfirmed': {
      const { supersedesHandover: supersedes, offerId } = event.data;
      return {
        offers: view.offers.filter((offer) => offer.offerId !== offerId),
        appointment: appointmentMade(event.data),
        status: 'scheduled',
        ...(supersedes && { supersedes }),
      };
    }
    case 'ConfirmationRefused':
      return refused(view, event.data);
    case 'OfferReleased':
    case 'HoldExpired':
      return withoutOffers(view, event.data.offerIds);
    case 'AppointmentAtRisk':
      return { ...inState(view, 'at-risk'), status: 'at-risk' };
    case 'AppointmentSecured':
      return { ...inState(view, 'confirmed'), status: 'scheduled' };
    case 'AppointmentMoved':
      return moved(view, event.data);
    case 'AppointmentCancelled':
      return cancelled(view, event.data);
    default:
      return {};
  }
}

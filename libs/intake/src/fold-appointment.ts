import {
  type AppointmentConfirmed,
  type AppointmentMoved,
  type AppointmentView,
  type DomainEvent,
  type HandoverView,
  type Offer,
  type OfferView,
} from '@handover/contracts';

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

const inState = (
  { appointment }: HandoverView,
  state: AppointmentView['state'],
): Pick<HandoverView, 'appointment'> => (appointment ? { appointment: { ...appointment, state } } : {});

const moved = ({ appointment }: HandoverView, data: AppointmentMoved): Partial<HandoverView> => {
  if (!appointment) return {};
  const { start, end, timeZone, words, fromStart: movedFrom } = data;
  return { appointment: { ...appointment, start, end, timeZone, words, movedFrom, state: 'confirmed' } };
};

/** What reservation's events change in the view, besides its status. Offers that are no longer held are left out later. */
export function changesByReservation(view: HandoverView, event: DomainEvent): Partial<HandoverView> {
  switch (event.type) {
    case 'OffersHeld': {
      const { offers, timeZone, holdUntil } = event.data;
      return { offers: offersHeld(offers, timeZone, holdUntil), noSlot: undefined };
    }
    case 'NoSlotFound': {
      const { reason, nextOpening } = event.data;
      return { noSlot: { reason, ...(nextOpening && { nextOpening }) } };
    }
    case 'ConfirmationRefused': {
      const fresh = offersHeld(event.data.offers, view.timeZone, event.data.holdUntil);
      return fresh.length > 0 ? { offers: fresh } : {};
    }
    case 'AppointmentConfirmed': {
      const { supersedesHandover: supersedes } = event.data;
      return { appointment: appointmentMade(event.data), ...(supersedes && { supersedes }) };
    }
    case 'AppointmentAtRisk':
      return inState(view, 'at-risk');
    case 'AppointmentSecured':
      return inState(view, 'confirmed');
    case 'AppointmentMoved':
      return moved(view, event.data);
    case 'AppointmentCancelled':
      return inState(view, 'cancelled');
    default:
      return {};
  }
}

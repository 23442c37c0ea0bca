import { type VersionedEvent, type AppointmentEvent, domainEvent } from '@handover/contracts';

type EventNamed<Type extends AppointmentEvent['type']> = Extract<AppointmentEvent, { type: Type }>;

/** How reservation answers the request for times. */
export type OffersReply = EventNamed<'OffersHeld' | 'NoSlotFound'>;
/** How reservation answers the acceptance of one. */
export type ConfirmationReply = EventNamed<'AppointmentConfirmed' | 'ConfirmationRefused'>;
export type Reply = OffersReply | ConfirmationReply;

/** Tells the wanted answer from others about the same handover. */
export type Wanted<Kind extends Reply> = (reply: Reply) => reply is Kind;

/** The event as an answer, if it is one. */
export function replyIn(stored: VersionedEvent): Reply | undefined {
  const event = domainEvent(stored);
  switch (event?.type) {
    case 'OffersHeld':
    case 'NoSlotFound':
    case 'AppointmentConfirmed':
    case 'ConfirmationRefused':
      return event;
    default:
      return undefined;
  }
}

/** The times found for this request. Times held afresh after a refusal carry the id of the acceptance, and are no answer to it. */
export const offersFor =
  (requestId: string): Wanted<OffersReply> =>
  (reply): reply is OffersReply =>
    (reply.type === 'OffersHeld' || reply.type === 'NoSlotFound') && reply.data.requestId === requestId;

/** What became of this acceptance. An offer is confirmed once: if it was accepted twice, the first confirmation answers both. */
export const confirmationOf =
  (offerId: string, requestId: string): Wanted<ConfirmationReply> =>
  (reply): reply is ConfirmationReply =>
    (reply.type === 'AppointmentConfirmed' && reply.data.offerId === offerId) ||
    (reply.type === 'ConfirmationRefused' && reply.data.requestId === requestId);

import { type ConfirmRefusal, type ConfirmSlot, type Offer } from '@handover/contracts';
import { idFrom, toIso } from '@handover/kernel';
import { type Standing, appointmentDemand } from '../demands.js';
import { startOf } from '../pool.js';
import { type Appointment, type HoldSet, subjectOf } from '../slot-book.js';
import { findOffers } from '../times/offers.js';
import { cancelSuperseded } from './cancel.js';
import { type Draft } from './draft.js';
import { holdOffers, liveOffer, releaseEarlier, releaseHolds } from './holds.js';

/** An offer becomes at most one appointment, whoever decides it and how often. */
export const appointmentIdOf = (offerId: string): string => idFrom('appointment', offerId);

/** `slots.confirm`: the hold becomes the appointment, or a refusal says why not and offers fresh times. */
export function confirmSlot(draft: Draft, command: ConfirmSlot): void {
  const { book } = draft.pool;
  const { requestId, handoverId, offerId } = command;
  if (book.answered.has(requestId)) return;

  const offered = book.offers.get(offerId);
  if (offered?.terms.handoverId !== handoverId) return refuse(draft, command, 'unknown-offer');
  const appointmentId = book.byHandover.get(handoverId);
  if (appointmentId && appointmentId === appointmentIdOf(offerId)) return;
  if (appointmentId) return refuse(draft, command, 'already-confirmed');

  const set = book.holds.get(handoverId);
  const offer = liveOffer(set, offerId);
  if (!set || !offer || set.holdUntil <= draft.now)
    return offerAfresh(draft, command, offered, 'hold-expired');
  if (startOf(offer) <= draft.now) return offerAfresh(draft, command, offered, 'slot-past');
  confirm(draft, requestId, set, offer);
}

function confirm(draft: Draft, requestId: string, set: HoldSet, offer: Offer): void {
  const { pool, now } = draft;
  const appointmentId = appointmentIdOf(offer.offerId);
  const start = startOf(offer);
  const older = openAppointment(draft, set);
  const data = {
    ...set.terms,
    requestId,
    appointmentId,
    offerId: offer.offerId,
    start: offer.start,
    end: offer.end,
    words: offer.words,
    say: pool.speech.confirmedSentence(start, now, set.terms),
    capacityVersion: pool.capacity?.version ?? 0,
    group: turnIntoAppointment(draft, { appointmentId, terms: set.terms, start, confirmedAt: now }, offer),
    supersedes: older?.appointmentId,
    supersedesHandover: older?.terms.handoverId,
    occurredAt: toIso(now),
  };
  draft.write(set.day, { type: 'AppointmentConfirmed', data }, offer.offerId);
  const others = set.offers.map(({ offerId }) => offerId).filter((offerId) => offerId !== offer.offerId);
  releaseHolds(draft, set, 'another-confirmed', others);
  cancelSuperseded(draft);
}

/** The place changes hands: the appointment takes what its offer held, and a better rank. Gives the group. */
function turnIntoAppointment({ pool }: Draft, appointment: Standing, offer: Offer): string {
  const slotMs = pool.capacity?.settings.slotMs ?? 0;
  pool.engine.release(offer.offerId);
  const admission = pool.engine.admit(appointmentDemand(appointment, slotMs));
  if (!admission) throw new Error(`The place of offer ${offer.offerId} was lost while it was confirmed`);
  return admission.group;
}

/** The appointment on the same subject and issue that is still ahead, or in its window. */
function openAppointment({ pool: { book }, now }: Draft, { terms }: HoldSet): Appointment | undefined {
  const older = book.appointments.get(book.bySubject.get(subjectOf(terms)) ?? '');
  return older && older.end > now ? older : undefined;
}

/** The accepted time is gone: other times are held at once, so that the caller can go on. */
function offerAfresh(draft: Draft, command: ConfirmSlot, { terms }: HoldSet, refused: ConfirmRefusal): void {
  const { pool, now } = draft;
  if (!pool.capacity) return refuse(draft, command, refused);
  const fresh = { ...terms, requestedAt: command.occurredAt };
  releaseEarlier(draft, fresh);
  const search = { pool, capacity: pool.capacity, terms: fresh, now };
  const found = findOffers(search, command.requestId);
  const starts = found.map(({ start }) => start);
  const say = pool.speech.holdExpiredSentence(starts, now, terms);
  const set = holdOffers(draft, search, { requestId: command.requestId, found, say });
  refuse(draft, command, refused, set);
}

/** Written in the book of the fresh offers, so that both are stored or neither. */
function refuse(draft: Draft, command: ConfirmSlot, refused: ConfirmRefusal, fresh?: HoldSet): void {
  const { requestId, handoverId, pool, offerId } = command;
  const { speech, book } = draft.pool;
  const voice = book.offers.get(offerId)?.terms ?? { language: 'en' };
  const data = {
    requestId,
    handoverId,
    pool,
    offerId,
    refused,
    offers: [...(fresh?.offers ?? [])],
    holdUntil: fresh && toIso(fresh.holdUntil),
    say: fresh
      ? speech.holdExpiredSentence(fresh.offers.map(startOf), draft.now, fresh.terms)
      : speech.refusedSentence(refused, voice),
    occurredAt: toIso(draft.now),
  };
  draft.write(fresh?.day ?? draft.today, { type: 'ConfirmationRefused', data }, requestId);
}

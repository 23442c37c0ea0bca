import { type DomainEvent } from '../domain-event.js';
import { type HandoverStatus } from './status.js';

/** How far a handover has come, and all that decides it. One fold for every service: a status means the same everywhere. */
export interface HandoverProgress {
  readonly status: HandoverStatus;
  /** Ended by a disposition, by the caller, or by a successor. */
  readonly closed: boolean;
  /** Offers still held. */
  readonly offerIds: readonly string[];
  /** State of the last appointment; absent before the first. */
  readonly appointment?: 'confirmed' | 'at-risk' | 'cancelled';
  /** The window of the callback closed before the first dial. */
  readonly missed: boolean;
}

const requested: HandoverProgress = { status: 'requested', closed: false, offerIds: [], missed: false };

/** Only a callback that is completed nevertheless changes these: the caller was called although the handover had ended. */
const final: readonly HandoverStatus[] = ['completed', 'withdrawn', 'superseded'];
/** A caller who declined may still be offered other times: this end can be taken back. */
const closed: readonly HandoverStatus[] = [...final, 'declined'];

/** The status while nobody is briefed or dialled: by the appointment, else by the offers; without either it is `otherwise`. */
function restingStatus(
  { appointment, missed, offerIds }: HandoverProgress,
  otherwise: HandoverStatus,
): HandoverStatus {
  if (appointment === 'at-risk') return 'at-risk';
  if (appointment === 'confirmed') return missed ? 'missed' : 'scheduled';
  return offerIds.length > 0 ? 'offered' : otherwise;
}

const without = (offerIds: readonly string[], gone: readonly string[]): readonly string[] =>
  offerIds.filter((offerId) => !gone.includes(offerId));

function withOffers(
  before: HandoverProgress,
  offerIds: readonly string[],
  otherwise: HandoverStatus,
): Partial<HandoverProgress> {
  return { offerIds, status: restingStatus({ ...before, offerIds }, otherwise) };
}

function offersGone(before: HandoverProgress, gone: readonly string[]): Partial<HandoverProgress> {
  const offerIds = without(before.offerIds, gone);
  return before.status === 'offered' ? withOffers(before, offerIds, 'expired') : { offerIds };
}

function byReservation(before: HandoverProgress, event: DomainEvent): Partial<HandoverProgress> | undefined {
  const { offerIds, appointment } = before;
  switch (event.type) {
    case 'OffersHeld':
      return withOffers(before, idsOf(event.data.offers), 'offered');
    case 'NoSlotFound':
      return { status: restingStatus(before, 'no-slot') };
    case 'ConfirmationRefused': {
      const fresh = idsOf(event.data.offers);
      const held = fresh.length > 0 ? fresh : without(offerIds, [event.data.offerId]);
      return withOffers(before, held, 'expired');
    }
    case 'OfferReleased':
    case 'HoldExpired':
      return offersGone(before, event.data.offerIds);
    case 'AppointmentConfirmed': {
      const left = without(offerIds, [event.data.offerId]);
      return { offerIds: left, appointment: 'confirmed', status: 'scheduled' };
    }
    case 'AppointmentAtRisk':
      return { appointment: appointment && 'at-risk', status: 'at-risk' };
    case 'AppointmentSecured':
    case 'AppointmentMoved':
      return { appointment: appointment && 'confirmed', status: 'scheduled' };
    case 'AppointmentCancelled':
      return { appointment: appointment && 'cancelled', status: endedBy(event.data.reason) };
    default:
      return undefined;
  }
}

function byDialing(before: HandoverProgress, event: DomainEvent): Partial<HandoverProgress> | undefined {
  switch (event.type) {
    case 'AgentAssigned':
    case 'BriefingPresented':
    case 'BriefingAcknowledged':
      return { status: 'briefing' };
    case 'AgentReleased':
      return { status: restingStatus(before, 'scheduled') };
    case 'AttemptStarted':
      return { status: 'dialing' };
    case 'AttemptEnded':
      return event.data.outcome === 'answered' ? undefined : { status: restingStatus(before, 'scheduled') };
    case 'CallerConnected':
      return { status: 'connected' };
    case 'CallbackMissed':
      return { missed: true, status: 'missed' };
    case 'CallbackCompleted':
      return { status: 'completed' };
    case 'CallbackCancelled':
      return { status: endedBy(event.data.reason) };
    default:
      return undefined;
  }
}

function byCaller(before: HandoverProgress, event: DomainEvent): Partial<HandoverProgress> | undefined {
  switch (event.type) {
    case 'OffersDeclined':
      return withOffers(before, [], 'declined');
    case 'HandoverWithdrawn':
      return { offerIds: [], status: 'withdrawn' };
    case 'HandoverSuperseded':
      return { offerIds: [], status: 'superseded' };
    default:
      return undefined;
  }
}

const idsOf = (offers: readonly { readonly offerId: string }[]): readonly string[] =>
  offers.map(({ offerId }) => offerId);

const endedBy = (reason: string): HandoverStatus => (reason === 'superseded' ? 'superseded' : 'withdrawn');

/**
 * The progress after one more event about the handover, in log order; undefined until it was requested. An event that
 * changes nothing gives the same object back.
 */
export function evolveProgress(
  before: HandoverProgress | undefined,
  event: DomainEvent,
): HandoverProgress | undefined {
  if (event.type === 'HandoverRequested') return requested;
  if (!before) return undefined;
  const change = byCaller(before, event) ?? byReservation(before, event) ?? byDialing(before, event);
  if (!change) return before;
  const next = { ...before, ...change };
  const ended = final.includes(before.status) && event.type !== 'CallbackCompleted';
  const status = ended ? before.status : next.status;
  return { ...next, status, closed: closed.includes(status) };
}

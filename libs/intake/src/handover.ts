// The passage of a conversation from bot to human, as the bot and the caller drive it.
import {
  type VersionedEvent,
  type ContextAmendment,
  type HandoverContext,
  type HandoverEvent,
  type HandoverRequest,
  type Implausible,
  type OfferAcceptance,
  type Route,
  domainEvent,
  evolveContext,
  implausible,
  streams,
} from '@handover/contracts';
import { type Decision, type Instant, toIso } from '@handover/kernel';
import { completenessOf } from './completeness.js';
import { canonicalJson, plain } from './plain.js';
import { implausibleContext, implausibleRequest } from './plausibility.js';
import {
  type AlreadyConfirmed,
  type CallerConnected,
  type Closed,
  type Ending,
  type KeyReused,
  type Unknown,
  alreadyConfirmed,
  callerConnected,
  keyReused,
  refuseClosed,
  unknown,
} from './refusals.js';

export const handoverStream = streams.handover;

export interface Handover {
  /** Absent: nobody has asked for this handover. */
  readonly context?: HandoverContext;
  /** Offers that the caller has picked, whatever reservation answered. */
  readonly accepted: readonly string[];
  /** The caller wanted none of the offers, and has picked none since. */
  readonly declined: boolean;
  /** An appointment stands. Reservation knows: its events are in another stream, whoever loads a handover folds them in too. */
  readonly appointed: boolean;
  /** The callback has reached the caller: dialing's events tell. */
  readonly connected: boolean;
  /** Nothing more can be asked of it. `completed` comes from dialing's events. */
  readonly closed?: Ending;
}

export const noHandover: Handover = { accepted: [], declined: false, appointed: false, connected: false };

export function evolveHandover(handover: Handover, stored: VersionedEvent): Handover {
  const context = evolveContext(handover.context, stored);
  const event = domainEvent(stored);
  switch (event?.type) {
    case 'OfferAccepted':
      return { ...handover, context, declined: false, accepted: [...handover.accepted, event.data.offerId] };
    case 'OffersDeclined':
      return { ...handover, declined: true };
    case 'HandoverWithdrawn':
      return { ...handover, closed: 'withdrawn' };
    case 'HandoverSuperseded':
      return { ...handover, closed: 'superseded' };
    case 'CallbackCompleted':
      return { ...handover, closed: 'completed' };
    case 'CallerConnected':
      return { ...handover, connected: true };
    case 'AppointmentConfirmed':
      return { ...handover, appointed: true };
    case 'AppointmentCancelled':
      return { ...handover, appointed: false };
    default:
      return { ...handover, context };
  }
}

/** A request with all that is known about it before the decision. */
export interface NewHandover {
  readonly handoverId: string;
  readonly clientId: string;
  /** Of the body, so that another one under the same key is noticed. */
  readonly fingerprint: string;
  readonly request: HandoverRequest;
  readonly route: Route;
}

/** Takes the request; nothing to do if the same was taken before. */
export function requestHandover(
  { context }: Handover,
  { handoverId, clientId, fingerprint, request, route }: NewHandover,
  now: Instant,
): Decision<HandoverEvent, KeyReused | Implausible> {
  if (context) return context.personal.fingerprint === fingerprint ? [] : keyReused(handoverId);
  const violations = implausibleRequest(request, now);
  if (violations.length > 0) return implausible(violations);
  const told = plain(request);
  const data = {
    ...told,
    ...route,
    handoverId,
    clientId,
    urgency: told.urgency ?? 'normal',
    completeness: completenessOf(told, now),
    personal: { ...told.personal, fingerprint },
    occurredAt: toIso(now),
  };
  return [{ type: 'HandoverRequested', data }];
}

/** Adds what the bot learned later; nothing to do if all of it is known. */
export function amendContext(
  handover: Handover,
  amendment: ContextAmendment,
  now: Instant,
): Decision<HandoverEvent, Unknown | Closed | Implausible> {
  const { context, closed } = handover;
  if (!context) return unknown;
  if (amendment.personal === null)
    return implausible([{ field: 'personal', rule: 'cannot be taken back as a whole' }]);
  const violations = implausibleContext(amendment, now);
  if (violations.length > 0) return implausible(violations);
  const removed = takenBack(amendment);
  const given = { ...plain(amendment), ...(amendment.urgency === null && { urgency: 'normal' as const }) };
  const event = (completeness: HandoverContext['completeness']): HandoverEvent => ({
    type: 'ContextAmended',
    data: {
      ...given,
      ...(removed.length > 0 && { removed }),
      handoverId: context.handoverId,
      completeness,
      occurredAt: toIso(now),
    },
  });
  const next = evolveContext(context, event(context.completeness)) ?? context;
  if (canonicalJson(next) === canonicalJson(context)) return [];
  return closed ? refuseClosed(closed) : [event(completenessOf(next, now))];
}

/** The caller picked an offer, and may have given another number; nothing to do if both are known. Reservation decides whether the hold still stands. */
export function acceptOffer(
  { context, accepted, closed }: Handover,
  { offerId, phoneNumber }: OfferAcceptance,
  now: Instant,
): Decision<HandoverEvent, Unknown | Closed> {
  if (!context) return unknown;
  if (closed) return refuseClosed(closed);
  const anotherNumber = phoneNumber && phoneNumber !== context.personal.phoneNumber;
  if (accepted.includes(offerId) && !anotherNumber) return [];
  const { handoverId, pool } = context;
  const personal = phoneNumber ? { personal: { phoneNumber } } : {};
  return [
    { type: 'OfferAccepted', data: { handoverId, pool, offerId, ...personal, occurredAt: toIso(now) } },
  ];
}

/** The caller wants none of the offers; nothing to do if that was said. An appointment is not declined but withdrawn. */
export function declineOffers(
  { context, declined, appointed, closed }: Handover,
  reason: string | undefined,
  now: Instant,
): Decision<HandoverEvent, Unknown | Closed | AlreadyConfirmed> {
  if (!context) return unknown;
  if (closed) return refuseClosed(closed);
  if (appointed) return alreadyConfirmed;
  if (declined) return [];
  const { handoverId, pool } = context;
  return [
    { type: 'OffersDeclined', data: { handoverId, pool, ...(reason && { reason }), occurredAt: toIso(now) } },
  ];
}

/** The caller no longer wants to be called; nothing to do if that was said, too late once they talk. */
export function withdrawHandover(
  { context, closed, connected }: Handover,
  reason: string | undefined,
  now: Instant,
): Decision<HandoverEvent, Unknown | Closed | CallerConnected> {
  if (!context) return unknown;
  if (closed) return closed === 'withdrawn' ? [] : refuseClosed(closed);
  if (connected) return callerConnected;
  const { handoverId, pool } = context;
  return [
    {
      type: 'HandoverWithdrawn',
      data: { handoverId, pool, ...(reason && { reason }), occurredAt: toIso(now) },
    },
  ];
}

/** A newer handover took this one's place; one that is closed, or that nobody asked for, stays as it is. */
export function supersedeHandover(
  { context, closed }: Handover,
  supersededBy: string,
  now: Instant,
): readonly HandoverEvent[] {
  if (!context || closed) return [];
  return [
    {
      type: 'HandoverSuperseded',
      data: { handoverId: context.handoverId, supersededBy, occurredAt: toIso(now) },
    },
  ];
}

const nullsOf = (part: object): string[] =>
  Object.entries(part).flatMap(([field, value]) => (value === null ? [field] : []));

/** Paths of the fields sent as null. Urgency has no null: it goes back to normal. */
const takenBack = ({ urgency: _, personal, ...rest }: ContextAmendment): string[] => [
  ...nullsOf(rest),
  ...nullsOf(personal ?? {}).map((field) => `personal.${field}`),
];

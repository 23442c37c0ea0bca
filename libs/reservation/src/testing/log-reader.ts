import {
  type AppointmentConfirmed,
  type AppointmentEvent,
  type ConfirmationRefused,
  type SlotTerms,
} from '@handover/contracts';
import { type Instant, fromIso } from '@handover/kernel';
import { type Entry } from '../slot-book.js';

// An independent reading of the log: it shares no code with the book, the engine or the decisions.

export interface Promised {
  readonly id: string;
  /** The request that made the offer. */
  readonly set?: string;
  readonly handoverId: string;
  readonly subject: string;
  readonly skills: readonly string[];
  readonly start: Instant;
  readonly seconds: number;
}

export interface Hold extends Promised {
  readonly until: Instant;
}

/** What the log says: offers that are held and appointments that stand. */
export interface Standing {
  readonly holds: readonly Hold[];
  readonly appointments: readonly Promised[];
  readonly atRisk: ReadonlySet<string>;
  /** Sets of which an offer was taken, by their request. */
  readonly taken: ReadonlySet<string>;
  /** Sentences about what must never be in a log. */
  readonly faults: readonly string[];
}

const promisedBy = (id: string, terms: SlotTerms, start: string): Promised => ({
  id,
  handoverId: terms.handoverId,
  subject: `${terms.subjectId}/${terms.issueType}`,
  skills: terms.skills,
  start: fromIso(start),
  seconds: terms.handleSeconds,
});

/** @param again the offer has become an appointment before */
function wrongConfirmation(
  { offerId, start, occurredAt }: AppointmentConfirmed,
  hold: Hold | undefined,
  again: boolean,
): readonly string[] {
  const [begins, now] = [fromIso(start), fromIso(occurredAt)];
  return [
    ...(again ? [`${offerId} is confirmed twice`] : []),
    ...(hold ? [] : [`${offerId} is confirmed but is not held`]),
    ...(hold && hold.until <= now ? [`${offerId} is confirmed after it expired`] : []),
    ...(hold && hold.start !== begins ? [`${offerId} is confirmed at another time`] : []),
    ...(begins <= now ? [`${offerId} is confirmed when it has begun`] : []),
  ];
}

/** @param stands the offer has become an appointment, which stands */
const wrongRefusal = (
  { handoverId, offerId, refused, offers }: ConfirmationRefused,
  stands: boolean,
  holds: ReadonlyMap<string, Promised>,
): readonly string[] => [
  ...(refused === 'hold-expired' && stands ? [`${offerId} is refused but is an appointment`] : []),
  ...offers
    .filter((fresh) => holds.get(fresh.offerId)?.handoverId !== handoverId)
    .map((fresh) => `${fresh.offerId} is offered to ${handoverId}, who does not hold it`),
];

/** Reads the whole log and notes every breach of the rules about single events. */
export function readLog(log: readonly Pick<Entry, 'event'>[]): Standing {
  const holds = new Map<string, Hold>();
  const appointments = new Map<string, Promised>();
  const atRisk = new Set<string>();
  /** The appointment of each offer that became one. */
  const confirmed = new Map<string, string>();
  const taken = new Set<string>();
  const faults: string[] = [];
  const read = (event: AppointmentEvent): void => {
    switch (event.type) {
      case 'OffersHeld':
        for (const { offerId, start } of event.data.offers) {
          if (holds.has(offerId)) faults.push(`${offerId} is held twice`);
          holds.set(offerId, {
            ...promisedBy(offerId, event.data, start),
            set: event.data.requestId,
            until: fromIso(event.data.holdUntil),
          });
        }
        return;
      case 'OfferReleased':
      case 'HoldExpired':
        for (const id of event.data.offerIds)
          if (!holds.delete(id)) faults.push(`${id} ends (${event.type}) but is not held`);
        return;
      case 'AppointmentConfirmed': {
        const { offerId, appointmentId } = event.data;
        const hold = holds.get(offerId);
        faults.push(...wrongConfirmation(event.data, hold, confirmed.has(offerId)));
        confirmed.set(offerId, appointmentId);
        if (hold?.set) taken.add(hold.set);
        holds.delete(offerId);
        appointments.set(appointmentId, promisedBy(appointmentId, event.data, event.data.start));
        return;
      }
      case 'AppointmentMoved':
        if (!atRisk.delete(event.data.appointmentId))
          faults.push(`${event.data.appointmentId} is moved but is not at risk`);
        if (fromIso(event.data.fromStart) <= fromIso(event.data.occurredAt))
          faults.push(`${event.data.appointmentId} is moved when it has begun`);
        appointments.set(
          event.data.appointmentId,
          promisedBy(event.data.appointmentId, event.data, event.data.start),
        );
        return;
      case 'AppointmentAtRisk':
        if (atRisk.has(event.data.appointmentId)) faults.push(`${event.data.appointmentId} is at risk twice`);
        atRisk.add(event.data.appointmentId);
        return;
      case 'AppointmentSecured':
        if (!atRisk.delete(event.data.appointmentId))
          faults.push(`${event.data.appointmentId} is secured but is not at risk`);
        return;
      case 'AppointmentCancelled':
        if (!appointments.delete(event.data.appointmentId))
          faults.push(`${event.data.appointmentId} is cancelled but does not stand`);
        atRisk.delete(event.data.appointmentId);
        return;
      case 'ConfirmationRefused':
        return void faults.push(
          ...wrongRefusal(event.data, appointments.has(confirmed.get(event.data.offerId) ?? ''), holds),
        );
      case 'NoSlotFound':
        return;
    }
  };
  for (const { event } of log) read(event);
  return { holds: [...holds.values()], appointments: [...appointments.values()], atRisk, taken, faults };
}

import { type SlotTerms, urgencies } from '@handover/contracts';
import { type Instant, fromIso, secondMs } from '@handover/kernel';
import { type Demand } from './engine/port.js';
import { type Appointment, type HoldSet } from './slot-book.js';

/** More than any instant in ms (until 2248), so that a rank goes by class and urgency first, then by age. */
const classMs = 2 ** 43;

/** Who keeps a place when there are too few, the strongest first. */
const precedence = ['in-progress', 'appointment', 'hold'] as const;

const rankOf = ({ urgency }: SlotTerms, since: Instant, standing: (typeof precedence)[number]): number => {
  const lessUrgent = urgencies.length - 1 - urgencies.indexOf(urgency);
  return (precedence.indexOf(standing) * urgencies.length + lessUrgent) * classMs + since;
};

const demand = (id: string, terms: SlotTerms, start: Instant, rank: number, slotMs: number): Demand => {
  // A start may lie off the grid after the slot length was changed: every cell that is touched counts.
  const firstCell = Math.floor(start / slotMs);
  const endCell = Math.ceil((start + terms.handleSeconds * secondMs) / slotMs);
  return { id, skills: terms.skills, firstCell, cells: endCell - firstCell, rank };
};

/** What an offer takes while it is held. Every appointment outranks every hold. */
export const offerDemand = (
  offerId: string,
  terms: SlotTerms,
  start: Instant,
  heldAt: Instant,
  slotMs: number,
): Demand => demand(offerId, terms, start, rankOf(terms, heldAt, 'hold'), slotMs);

export const holdDemands = (set: HoldSet, slotMs: number): Demand[] =>
  set.offers.map(({ offerId, start }) => offerDemand(offerId, set.terms, fromIso(start), set.heldAt, slotMs));

/** What an appointment takes. The most urgent, then the oldest, gives way last. */
export const appointmentDemand = (of: Standing, slotMs: number): Demand =>
  demand(of.appointmentId, of.terms, of.start, rankOf(of.terms, of.confirmedAt, 'appointment'), slotMs);

/** The same once its window has begun: an agent is at it, or about to be, and no other promise comes before it. */
export const startedDemand = (of: Standing, slotMs: number): Demand =>
  demand(of.appointmentId, of.terms, of.start, rankOf(of.terms, of.confirmedAt, 'in-progress'), slotMs);

/** What of an appointment decides its place and rank. */
export type Standing = Pick<Appointment, 'appointmentId' | 'terms' | 'start' | 'confirmedAt'>;

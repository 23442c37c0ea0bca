import {
  type AppointmentEvent,
  type AppointmentConfirmed,
  type AppointmentMoved,
  type Offer,
  type OffersHeld,
  type SlotTerms,
} from '@handover/contracts';
import { type Instant, type LocalDate, fromIso, secondMs } from '@handover/kernel';
import { Starts } from './starts.js';

/** An event, and the day-book of the pool (`slotbook-<pool>-<day>`) that it is written in. */
export interface Entry {
  readonly day: LocalDate;
  /** Made from what happened, not from when it was decided: deciding the same fact again gives the same id. */
  readonly id: string;
  readonly event: AppointmentEvent;
}

/** Offers made together to one handover: the caller takes one, or none. */
export interface HoldSet {
  readonly requestId: string;
  readonly terms: SlotTerms;
  readonly offers: readonly Offer[];
  readonly holdUntil: Instant;
  readonly heldAt: Instant;
  readonly day: LocalDate;
}

export interface Appointment {
  readonly appointmentId: string;
  readonly terms: SlotTerms;
  readonly start: Instant;
  readonly end: Instant;
  readonly words: string;
  /** The book that its next events go to. */
  readonly day: LocalDate;
  /** When it was first promised: the oldest promise gives way last. */
  readonly confirmedAt: Instant;
  readonly atRisk: boolean;
  /** Counts what happened to it since the confirmation; part of the ids of such events. */
  readonly changes: number;
}

/**
 * What a pool has promised, over all day-books at hand. Changed in place: a pool has thousands of promises, and a copy
 * of them per event would cost more than the decision.
 */
export interface SlotBook {
  /** Live holds by handover, the oldest first. */
  readonly holds: Map<string, HoldSet>;
  /** The set that each offer was made in, live or not. */
  readonly offers: Map<string, HoldSet>;
  /** Appointments that were not cancelled. */
  readonly appointments: Map<string, Appointment>;
  /** The same by when they begin. */
  readonly starts: Starts;
  readonly byHandover: Map<string, string>;
  /** The handover that holds offers, by subject and issue. */
  readonly holderBySubject: Map<string, string>;
  /** The newest appointment, by subject and issue. */
  readonly bySubject: Map<string, string>;
  readonly atRisk: Set<string>;
  /** Appointments whose successor is confirmed, and who that is, until they are cancelled. */
  readonly superseded: Map<string, string>;
  /** Requests that have their answer. */
  readonly answered: Set<string>;
}

export const emptySlotBook = (): SlotBook => ({
  holds: new Map(),
  offers: new Map(),
  appointments: new Map(),
  starts: new Starts(),
  byHandover: new Map(),
  holderBySubject: new Map(),
  bySubject: new Map(),
  atRisk: new Set(),
  superseded: new Map(),
  answered: new Set(),
});

/** One open appointment, and one set of offers, per subject and issue. */
export const subjectOf = ({ subjectId, issueType }: SlotTerms): string => `${subjectId} ${issueType}`;

export function evolve(book: SlotBook, { day, event }: Pick<Entry, 'day' | 'event'>): void {
  switch (event.type) {
    case 'OffersHeld':
      return keepHolds(book, day, event.data);
    case 'NoSlotFound':
    case 'ConfirmationRefused':
      return void book.answered.add(event.data.requestId);
    case 'OfferReleased':
    case 'HoldExpired':
      return dropHolds(book, event.data.handoverId, event.data.offerIds);
    case 'AppointmentConfirmed':
      return keepAppointment(book, day, event.data);
    case 'AppointmentMoved':
      return moveAppointment(book, day, event.data);
    case 'AppointmentAtRisk':
      return changeAppointment(book, event.data.appointmentId, true);
    case 'AppointmentSecured':
      return changeAppointment(book, event.data.appointmentId, false);
    case 'AppointmentCancelled':
      return dropAppointment(book, event.data.appointmentId);
  }
}

function keepHolds(book: SlotBook, day: LocalDate, held: OffersHeld): void {
  const set: HoldSet = {
    requestId: held.requestId,
    terms: termsOf(held),
    offers: held.offers,
    holdUntil: fromIso(held.holdUntil),
    heldAt: fromIso(held.occurredAt),
    day,
  };
  book.holds.set(held.handoverId, set);
  book.holderBySubject.set(subjectOf(set.terms), held.handoverId);
  for (const { offerId } of held.offers) book.offers.set(offerId, set);
  book.answered.add(held.requestId);
}

function dropHolds(book: SlotBook, handoverId: string, offerIds: readonly string[]): void {
  const set = book.holds.get(handoverId);
  if (!set) return;
  const offers = set.offers.filter(({ offerId }) => !offerIds.includes(offerId));
  if (offers.length > 0) return void book.holds.set(handoverId, { ...set, offers });
  book.holds.delete(handoverId);
  const subject = subjectOf(set.terms);
  if (book.holderBySubject.get(subject) === handoverId) book.holderBySubject.delete(subject);
}

function keepAppointment(book: SlotBook, day: LocalDate, confirmed: AppointmentConfirmed): void {
  const { appointmentId, handoverId, supersedes } = confirmed;
  book.answered.add(confirmed.requestId);
  dropHolds(book, handoverId, [confirmed.offerId]);
  if (supersedes && book.appointments.has(supersedes)) book.superseded.set(supersedes, appointmentId);
  putAppointment(book, {
    ...placeOf(confirmed, day),
    confirmedAt: fromIso(confirmed.occurredAt),
    changes: 0,
  });
}

/** The event says all there is to know: the book of the day that it was moved from need not be at hand. */
function moveAppointment(book: SlotBook, day: LocalDate, moved: AppointmentMoved): void {
  const before = book.appointments.get(moved.appointmentId);
  book.atRisk.delete(moved.appointmentId);
  putAppointment(book, {
    ...placeOf(moved, day),
    confirmedAt: before?.confirmedAt ?? fromIso(moved.occurredAt),
    changes: (before?.changes ?? 0) + 1,
  });
}

const placeOf = (
  data: AppointmentConfirmed | AppointmentMoved,
  day: LocalDate,
): Omit<Appointment, 'confirmedAt' | 'changes'> => ({
  appointmentId: data.appointmentId,
  terms: termsOf(data),
  start: fromIso(data.start),
  end: fromIso(data.end),
  words: data.words,
  day,
  atRisk: false,
});

function putAppointment(book: SlotBook, appointment: Appointment): void {
  const { appointmentId, terms, start } = appointment;
  const before = book.appointments.get(appointmentId);
  if (before) book.starts.remove(appointmentId, before.start);
  book.starts.add(appointmentId, start, terms.handleSeconds * secondMs);
  book.appointments.set(appointmentId, appointment);
  book.byHandover.set(terms.handoverId, appointmentId);
  if (!book.superseded.has(appointmentId)) book.bySubject.set(subjectOf(terms), appointmentId);
}

function changeAppointment(book: SlotBook, appointmentId: string, atRisk: boolean): void {
  const before = book.appointments.get(appointmentId);
  if (!before) return;
  book.appointments.set(appointmentId, { ...before, atRisk, changes: before.changes + 1 });
  if (atRisk) book.atRisk.add(appointmentId);
  else book.atRisk.delete(appointmentId);
}

function dropAppointment(book: SlotBook, appointmentId: string): void {
  const before = book.appointments.get(appointmentId);
  book.superseded.delete(appointmentId);
  book.atRisk.delete(appointmentId);
  if (!before) return;
  book.appointments.delete(appointmentId);
  book.starts.remove(appointmentId, before.start);
  const subject = subjectOf(before.terms);
  if (book.bySubject.get(subject) === appointmentId) book.bySubject.delete(subject);
  if (book.byHandover.get(before.terms.handoverId) === appointmentId)
    book.byHandover.delete(before.terms.handoverId);
}

/** The terms alone, out of an event that carries more. */
export const termsOf = (of: SlotTerms): SlotTerms => ({
  handoverId: of.handoverId,
  pool: of.pool,
  skills: of.skills,
  subjectId: of.subjectId,
  issueType: of.issueType,
  urgency: of.urgency,
  language: of.language,
  timeZone: of.timeZone,
  country: of.country,
  wishes: of.wishes,
  handleSeconds: of.handleSeconds,
  requestedAt: of.requestedAt,
});

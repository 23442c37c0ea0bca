import { type CancelReason } from '@handover/contracts';
import { toIso } from '@handover/kernel';
import { type Appointment } from '../slot-book.js';
import { type Draft } from './draft.js';
import { releaseHolds, wasAskedAfter } from './holds.js';

/** `slots.cancel`: the caller wants neither the appointment nor the offers that are still held. */
export function cancelAppointment(draft: Draft, handoverId: string, saidAt: string): void {
  const { book } = draft.pool;
  const set = book.holds.get(handoverId);
  if (set && !wasAskedAfter(set.terms, saidAt)) releaseHolds(draft, set, 'withdrawn');
  const appointment = book.appointments.get(book.byHandover.get(handoverId) ?? '');
  if (appointment && !wasAskedAfter(appointment.terms, saidAt)) cancel(draft, appointment, 'caller');
}

/**
 * Cancels every appointment whose successor is confirmed: at once after the confirmation, and again after a restart, in
 * case the process ended between the two.
 */
export function cancelSuperseded(draft: Draft): void {
  const { superseded, appointments } = draft.pool.book;
  for (const [appointmentId, successor] of superseded) {
    const appointment = appointments.get(appointmentId);
    if (appointment) cancel(draft, appointment, 'superseded', successor);
  }
}

function cancel(draft: Draft, appointment: Appointment, reason: CancelReason, supersededBy?: string): void {
  const { appointmentId, terms, start, day } = appointment;
  const data = {
    appointmentId,
    handoverId: terms.handoverId,
    pool: terms.pool,
    start: toIso(start),
    reason,
    supersededBy,
    occurredAt: toIso(draft.now),
  };
  draft.write(day, { type: 'AppointmentCancelled', data }, appointmentId);
}

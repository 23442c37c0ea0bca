import { type Instant, localDate, toIso } from '@handover/kernel';
import { appointmentDemand } from '../demands.js';
import { type PoolCapacity } from '../capacity/pool-capacity.js';
import { type Appointment } from '../slot-book.js';
import { type Search, wishedStarts } from '../times/search.js';
import { type Draft } from './draft.js';

/**
 * Gives every appointment at risk its place back, or the nearest other one; the most urgent, then the oldest, chooses
 * first. One whose window has begun is not moved: dialing tries it with whoever is there.
 */
export function rescue(draft: Draft): void {
  const { pool, now } = draft;
  const { capacity, book } = pool;
  if (!capacity || book.atRisk.size === 0) return;
  const { slotMs } = capacity.settings;
  const waiting = [...book.atRisk]
    .flatMap((id) => book.appointments.get(id) ?? [])
    .filter(({ start }) => start > now)
    .map((appointment) => ({ appointment, demand: appointmentDemand(appointment, slotMs) }))
    .sort((a, b) => a.demand.rank - b.demand.rank);
  for (const { appointment, demand } of waiting) {
    const admission = pool.engine.admit(demand);
    if (admission) secure(draft, appointment, admission.group);
    else move(draft, capacity, appointment);
  }
}

function secure(
  draft: Draft,
  { appointmentId, terms, start, day, changes }: Appointment,
  group: string,
): void {
  const data = {
    appointmentId,
    handoverId: terms.handoverId,
    pool: terms.pool,
    capacityVersion: draft.pool.capacity?.version ?? 0,
    group,
    occurredAt: toIso(draft.now),
  };
  draft.write(day, { type: 'AppointmentSecured', data }, appointmentId, toIso(start), changes);
}

/**
 * The event goes to the book of the new day and says all there is to know, so that this book alone brings the
 * appointment back when the old day is over.
 */
function move(draft: Draft, capacity: PoolCapacity, appointment: Appointment): void {
  const { pool, now } = draft;
  const { appointmentId, terms } = appointment;
  const to = nearestPlace({ pool, capacity, terms, now }, appointment);
  if (!to) return;
  const data = {
    ...terms,
    appointmentId,
    fromStart: toIso(appointment.start),
    start: toIso(to.start),
    end: toIso(to.start + capacity.settings.slotMs),
    words: pool.speech.spokenTime(to.start, terms.timeZone, now, terms.language),
    say: pool.speech.movedSentence(appointment.start, to.start, now, terms),
    capacityVersion: capacity.version,
    group: to.group,
    by: 'capacity' as const,
    occurredAt: toIso(now),
  };
  const day = localDate(to.start, capacity.settings.timeZone);
  draft.write(day, { type: 'AppointmentMoved', data }, appointmentId, data.start, appointment.changes);
}

/** The start nearest to the agreed one that the caller's wishes allow, the later of two; it is then in the witness. */
function nearestPlace(
  search: Search,
  appointment: Appointment,
): { readonly start: Instant; readonly group: string } | undefined {
  const { pool, capacity, terms } = search;
  const distance = (start: Instant): number => Math.abs(start - appointment.start);
  const starts = [...wishedStarts(search)]
    .filter((start) => start !== appointment.start)
    .sort((a, b) => distance(a) - distance(b) || b - a);
  for (const start of starts) {
    if (!pool.speech.isSpeakable(start, terms.timeZone)) continue;
    const admission = pool.engine.admit(
      appointmentDemand({ ...appointment, start }, capacity.settings.slotMs),
    );
    if (admission) return { start, group: admission.group };
  }
  return undefined;
}

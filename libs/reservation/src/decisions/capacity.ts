import { type CapacityProjected } from '@handover/contracts';
import { toIso } from '@handover/kernel';
import { project } from '../capacity/pool-capacity.js';
import { type Demand } from '../engine/port.js';
import { hasStarted, placeStarted, raiseStarted, rebuildWitness } from '../witness.js';
import { type Appointment } from '../slot-book.js';
import { type Draft } from './draft.js';
import { releaseHolds } from './holds.js';

/** `slots.apply-capacity`: what no longer fits gives way, holds before appointments. An older version changes nothing. */
export function applyCapacity(draft: Draft, event: CapacityProjected): void {
  const { pool, now } = draft;
  const before = pool.capacity;
  if (before && event.version <= before.version) return;
  const { capacity, changed } = project(before, event);
  pool.capacity = capacity;
  if (before?.settings.slotMs !== capacity.settings.slotMs) return giveWay(draft, rebuildWitness(pool, now));
  raiseStarted(pool, now);
  const displaced = pool.engine.applyCapacity(changed, event.full);
  placeStarted(pool, now);
  giveWay(draft, displaced);
}

/**
 * Tells of every promise that lost its place: a hold is released, an appointment is at risk. One whose window has begun
 * is beyond that: dialing calls with whoever is there, and a miss is counted.
 */
export function giveWay(draft: Draft, displaced: readonly Demand[]): void {
  const { appointments, offers, holds } = draft.pool.book;
  const lostOffers = new Map<string, string[]>();
  for (const { id } of displaced) {
    const appointment = appointments.get(id);
    if (appointment && !hasStarted(appointment, draft.now)) flag(draft, appointment);
    const handoverId = offers.get(id)?.terms.handoverId;
    if (handoverId) lostOffers.set(handoverId, [...(lostOffers.get(handoverId) ?? []), id]);
  }
  for (const [handoverId, offerIds] of lostOffers) {
    const set = holds.get(handoverId);
    if (set) releaseHolds(draft, set, 'capacity-withdrawn', offerIds);
  }
}

function flag(draft: Draft, { appointmentId, terms, start, day, changes }: Appointment): void {
  const data = {
    appointmentId,
    handoverId: terms.handoverId,
    pool: terms.pool,
    start: toIso(start),
    capacityVersion: draft.pool.capacity?.version ?? 0,
    occurredAt: toIso(draft.now),
  };
  draft.write(day, { type: 'AppointmentAtRisk', data }, appointmentId, toIso(start), changes);
}

import { type CapacityProjected } from '@handover/contracts';
import { type Instant, fromIso } from '@handover/kernel';
import { type HeldCells, createHeldCells } from './capacity/held-cells.js';
import { type PoolCapacity, project } from './capacity/pool-capacity.js';
import { appointmentDemand, holdDemands } from './demands.js';
import { createEngine } from './engine/engine.js';
import { type CapacityEngine, type Demand } from './engine/port.js';
import { type Entry, type SlotBook, emptySlotBook, evolve } from './slot-book.js';
import { type Speech } from './speech.js';
import { rebuildWitness } from './witness.js';

/**
 * One pool in the memory of its one writer: what it promised, what it can do, and the witness that both agree.
 * Decisions work in it directly. If what they decided cannot be stored, the pool is thrown away and opened again from the log.
 */
export interface Pool {
  readonly id: string;
  readonly book: SlotBook;
  readonly speech: Speech;
  /** Undefined until a first projection is known. */
  capacity: PoolCapacity | undefined;
  engine: CapacityEngine;
  held: HeldCells;
}

export interface PoolHistory {
  readonly id: string;
  /** The pool's entries, in the order in which they were written. */
  readonly entries: readonly Pick<Entry, 'day' | 'event'>[];
  /** Its projections from a full one on. */
  readonly projections: readonly CapacityProjected[];
}

/** Brings a pool back from the log. `unplaced` are promises that its capacity no longer carries: see `settle`. */
export function openPool(
  { id, entries, projections }: PoolHistory,
  speech: Speech,
  now: Instant,
): { readonly pool: Pool; readonly unplaced: readonly Demand[] } {
  const pool: Pool = {
    id,
    book: emptySlotBook(),
    speech,
    capacity: projections.reduce<PoolCapacity | undefined>(
      (before, event) => project(before, event).capacity,
      undefined,
    ),
    engine: createEngine(),
    held: createHeldCells(),
  };
  for (const entry of entries) evolve(pool.book, entry);
  return { pool, unplaced: rebuildWitness(pool, now) };
}

/** Writes an entry into memory: the book, the witness and the count of holds. @throws Error if the witness cannot follow */
export function record(pool: Pool, entry: Entry): void {
  const { event } = entry;
  if (event.type === 'OfferReleased' || event.type === 'HoldExpired') releaseAll(pool, event.data.offerIds);
  if (event.type === 'AppointmentConfirmed') releaseAll(pool, [event.data.offerId]);
  if (event.type === 'AppointmentCancelled' || event.type === 'AppointmentAtRisk')
    pool.engine.release(event.data.appointmentId);
  evolve(pool.book, entry);
  if (event.type === 'OffersHeld') holdAll(pool, event.data.handoverId);
  if (
    event.type === 'AppointmentConfirmed' ||
    event.type === 'AppointmentMoved' ||
    event.type === 'AppointmentSecured'
  )
    admitAppointment(pool, event.data.appointmentId);
}

function releaseAll(pool: Pool, ids: readonly string[]): void {
  for (const id of ids) {
    pool.engine.release(id);
    pool.held.remove(id);
  }
}

function holdAll(pool: Pool, handoverId: string): void {
  const set = pool.book.holds.get(handoverId);
  const slotMs = pool.capacity?.settings.slotMs;
  if (!set || !slotMs) throw new Error(`Handover ${handoverId} was given offers by a pool without capacity`);
  for (const demand of holdDemands(set, slotMs)) {
    admitOrThrow(pool, demand);
    pool.held.add(demand);
  }
}

function admitAppointment(pool: Pool, appointmentId: string): void {
  const appointment = pool.book.appointments.get(appointmentId);
  const slotMs = pool.capacity?.settings.slotMs;
  if (!appointment || !slotMs) throw new Error(`Appointment ${appointmentId} is in a pool without capacity`);
  admitOrThrow(pool, appointmentDemand(appointment, slotMs));
}

/** The decision found this place a moment ago. */
function admitOrThrow(pool: Pool, demand: Demand): void {
  if (!pool.engine.admit(demand))
    throw new Error(`The witness of pool ${pool.id} lost the place of ${demand.id}`);
}

/** When an offer or appointment begins. */
export const startOf = ({ start }: { readonly start: string }): Instant => fromIso(start);

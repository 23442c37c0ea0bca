import { type CapacityProjected } from '@handover/contracts';
import { type Instant, fromIso } from '@handover/kernel';
import { type HeldCells, createHeldCells } from './capacity/held-cells.js';
import { type PoolCapacity, project } from './capacity/pool-capacity.js';
import { appointmentDemand, holdDemands, startedDemand } from './demands.js';
import { createEngine } from './engine/engine.js';
import { type CapacityEngine, type Demand } from './engine/port.js';
import { type Appointment, type Entry, type SlotBook, emptySlotBook, evolve } from './slot-book.js';
import { type Speech } from './speech.js';

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

const ordersTried = 3;

/**
 * Builds the witness anew from what is promised. An order that fails is tried again with the failed ones first, so
 * that a restart does not lose an assignment that was found step by step. Gives the demands that found no place.
 */
export function rebuildWitness(pool: Pool, now: Instant): readonly Demand[] {
  const byRank = promised(pool, now).sort((a, b) => a.rank - b.rank);
  let order: readonly Demand[] = byRank;
  for (let attempt = 1; attempt <= ordersTried; attempt += 1) {
    const unplaced = place(pool, order);
    if (unplaced.length === 0) return [];
    order = [...unplaced, ...order.filter((demand) => !unplaced.includes(demand))];
  }
  return place(pool, byRank);
}

function place(pool: Pool, demands: readonly Demand[]): readonly Demand[] {
  pool.engine = createEngine();
  pool.engine.applyCapacity([...(pool.capacity?.groups.values() ?? [])], true);
  return demands.filter((demand) => !pool.engine.admit(demand));
}

function promised(pool: Pool, now: Instant): Demand[] {
  const slotMs = pool.capacity?.settings.slotMs;
  if (!slotMs) return [];
  const holds = [...pool.book.holds.values()].flatMap((set) => holdDemands(set, slotMs));
  pool.held = createHeldCells();
  for (const hold of holds) pool.held.add(hold);
  const appointments = [...pool.book.appointments.values()]
    .filter((appointment) => !appointment.atRisk || hasStarted(appointment, now))
    .map((appointment) =>
      hasStarted(appointment, now)
        ? startedDemand(appointment, slotMs)
        : appointmentDemand(appointment, slotMs),
    )
    .filter((demand) => !isOver(demand, slotMs, now));
  return [...holds, ...appointments];
}

export const hasStarted = ({ start }: Pick<Appointment, 'start'>, now: Instant): boolean => start <= now;

/**
 * Appointments whose window has begun come before all others from now on. One at risk takes a place too, if there is one:
 * whoever is calling is not free for another.
 */
export function raiseStarted({ book, capacity, engine }: Pool, now: Instant): void {
  if (!capacity) return;
  const { slotMs } = capacity.settings;
  for (const appointment of book.appointments.values()) {
    const demand = startedDemand(appointment, slotMs);
    if (!hasStarted(appointment, now) || isOver(demand, slotMs, now)) continue;
    engine.release(appointment.appointmentId);
    engine.admit(demand);
  }
}

const isOver = ({ firstCell, cells }: Demand, slotMs: number, now: Instant): boolean =>
  (firstCell + cells) * slotMs <= now;

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

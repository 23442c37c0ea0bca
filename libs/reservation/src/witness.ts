import { type Instant } from '@handover/kernel';
import { createHeldCells } from './capacity/held-cells.js';
import { appointmentDemand, holdDemands, startedDemand } from './demands.js';
import { createEngine } from './engine/engine.js';
import { type Demand } from './engine/port.js';
import { type Pool } from './pool.js';
import { type Appointment } from './slot-book.js';

const ordersTried = 3;

/**
 * Builds the witness anew from what is promised. An order that fails is tried again with the failed ones first, so
 * that a restart does not lose an assignment that was found step by step. Gives the demands that found no place.
 */
export function rebuildWitness(pool: Pool, now: Instant): readonly Demand[] {
  const byRank = promised(pool, now).sort((a, b) => a.rank - b.rank);
  let order: readonly Demand[] = byRank;
  for (let attempt = 1; attempt <= ordersTried; attempt += 1) {
    const unplaced = place(pool, order, now);
    if (unplaced.length === 0) return [];
    order = [...unplaced, ...order.filter((demand) => !unplaced.includes(demand))];
  }
  return place(pool, byRank, now);
}

function place(pool: Pool, demands: readonly Demand[], now: Instant): readonly Demand[] {
  pool.engine = createEngine();
  forgetPast(pool, now);
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

/** Cells that are over count no more. A callback in progress keeps the rest of its time: newer rows of capacity begin after its start. */
export function forgetPast({ capacity, engine }: Pool, now: Instant): void {
  if (capacity) engine.forgetBefore(Math.floor(now / capacity.settings.slotMs));
}

export const hasStarted = ({ start }: Pick<Appointment, 'start'>, now: Instant): boolean => start <= now;

/**
 * Appointments whose window has begun come before all others from now on. One at risk takes a place too, if there is one:
 * whoever is calling is not free for another.
 */
export function raiseStarted(pool: Pool, now: Instant): void {
  for (const demand of startedDemands(pool, now)) {
    pool.engine.release(demand.id);
    pool.engine.admit(demand);
  }
}

/** Gives callbacks in progress a place, as far as there is one: also those that lost theirs to capacity which is back. */
export function placeStarted(pool: Pool, now: Instant): void {
  for (const demand of startedDemands(pool, now)) pool.engine.admit(demand);
}

function startedDemands({ book, capacity }: Pool, now: Instant): readonly Demand[] {
  if (!capacity) return [];
  const { slotMs } = capacity.settings;
  // Planned time counts in whole cells: the last may end up to a slot later.
  return [...book.starts.around(now - slotMs, now)]
    .flatMap((id) => book.appointments.get(id) ?? [])
    .filter((appointment) => hasStarted(appointment, now))
    .map((appointment) => startedDemand(appointment, slotMs))
    .filter((demand) => !isOver(demand, slotMs, now));
}

const isOver = ({ firstCell, cells }: Demand, slotMs: number, now: Instant): boolean =>
  (firstCell + cells) * slotMs <= now;

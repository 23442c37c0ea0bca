import { type BookOverview } from '@handover/contracts';
import { type Instant, hourMs, minuteMs, toIso } from '@handover/kernel';
import { appointmentDemand, holdDemands } from './demands.js';
import { type Demand } from './engine/port.js';
import { type Pool } from './pool.js';

/** What a pool has promised and what is free, from the present cell on. Undefined without known capacity. */
export function overview(
  { id, book, capacity, engine }: Pool,
  now: Instant,
  hours: number,
): BookOverview | undefined {
  if (!capacity) return undefined;
  const { slotMs, timeZone } = capacity.settings;
  const first = Math.floor(now / slotMs);
  const length = Math.ceil((hours * hourMs) / slotMs);
  const appointments = [...book.appointments.values()];
  const demandsOf = (atRisk: boolean): Demand[] =>
    appointments
      .filter((appointment) => appointment.atRisk === atRisk)
      .map((appointment) => appointmentDemand(appointment, slotMs));
  const skillSets = new Map(
    [...capacity.groups.values()].map(({ skills }) => [[...skills].sort().join(), skills]),
  );
  return {
    pool: id,
    timeZone,
    capacityVersion: capacity.version,
    slotMinutes: slotMs / minuteMs,
    from: toIso(first * slotMs),
    held: load(
      [...book.holds.values()].flatMap((set) => holdDemands(set, slotMs)),
      first,
      length,
    ),
    promised: load(demandsOf(false), first, length),
    atRisk: load(demandsOf(true), first, length),
    free: [...skillSets.values()].map((skills) => ({
      skills: [...skills],
      cells: Array.from({ length }, (_, index) => engine.freeAt(first + index, skills)),
    })),
  };
}

/** How many of the demands lie on each cell. */
function load(demands: readonly Demand[], first: number, length: number): number[] {
  const cells = Array.from({ length }, () => 0);
  for (const { firstCell, cells: count } of demands)
    for (let cell = Math.max(firstCell, first); cell < Math.min(firstCell + count, first + length); cell += 1)
      cells[cell - first] = (cells[cell - first] ?? 0) + 1;
  return cells;
}

import {
  type AppointmentConfirmed,
  type AppointmentMoved,
  type CapacityProjected,
} from '@handover/contracts';
import { fromIso, minuteMs, secondMs } from '@handover/kernel';
import { type Logged } from './log.js';

interface Place {
  readonly firstCell: number;
  readonly endCell: number;
}

/** Callbacks that may be in progress, by cell, of the whole pool: its agents are all alike in this centre. */
type Cells = ReadonlyMap<number, number>;

/**
 * A book-keeping of its own: each appointment, at the moment it was confirmed or moved, beside those that stood then,
 * against the capacity version it names. Appointments at risk have lost their place and do not count. A line for each
 * cell with more appointments than callbacks.
 */
export function overbooked(log: readonly Logged[]): readonly string[] {
  const pools = new Map<string, PoolAccount>();
  const accountOf = (pool: string): PoolAccount => {
    const account = pools.get(pool) ?? new PoolAccount(pool);
    pools.set(pool, account);
    return account;
  };
  return log.flatMap((event) =>
    'pool' in event.data && event.data.pool ? accountOf(event.data.pool).enter(event) : [],
  );
}

class PoolAccount {
  private readonly rows = new Map<string, CapacityProjected['rows'][number]>();
  private readonly versions = new Map<number, Cells>();
  private readonly standing = new Map<string, Place>();
  private slotMs = 5 * minuteMs;

  constructor(private readonly pool: string) {}

  enter({ type, data }: Logged): readonly string[] {
    switch (type) {
      case 'CapacityProjected':
        this.project(data);
        return [];
      case 'AppointmentConfirmed':
      case 'AppointmentMoved':
        this.standing.set(data.appointmentId, this.placeOf(data));
        return this.check(data);
      case 'AppointmentCancelled':
      case 'AppointmentAtRisk':
        this.standing.delete(data.appointmentId);
        return [];
      default:
        return [];
    }
  }

  private project({ version, full, settings, rows }: CapacityProjected): void {
    this.slotMs = (settings.slotMinutes ?? 5) * minuteMs;
    if (full) this.rows.clear();
    for (const row of rows) this.rows.set(row.group, row);
    const cells = new Map<number, number>();
    for (const { from, cells: counts } of this.rows.values())
      for (const [index, count] of counts.entries()) {
        const cell = Math.floor(fromIso(from) / this.slotMs) + index;
        cells.set(cell, (cells.get(cell) ?? 0) + count);
      }
    this.versions.set(version, cells);
  }

  private placeOf({ start, handleSeconds }: { start: string; handleSeconds: number }): Place {
    const begin = fromIso(start);
    return {
      firstCell: Math.floor(begin / this.slotMs),
      endCell: Math.ceil((begin + handleSeconds * secondMs) / this.slotMs),
    };
  }

  private check(made: AppointmentConfirmed | AppointmentMoved): readonly string[] {
    const cells = this.versions.get(made.capacityVersion);
    const { firstCell, endCell } = this.placeOf(made);
    return Array.from({ length: endCell - firstCell }, (_, index) => firstCell + index).flatMap((cell) => {
      const allowed = cells?.get(cell) ?? 0;
      const taken = [...this.standing.values()].filter(
        (place) => place.firstCell <= cell && cell < place.endCell,
      ).length;
      const at = new Date(cell * this.slotMs).toISOString();
      return taken > allowed
        ? [
            `Pool ${this.pool} at ${at}: ${taken} appointments, ${allowed} callbacks (version ${made.capacityVersion})`,
          ]
        : [];
    });
  }
}

import { type CapacityProjected, type CapacityRow } from '@handover/contracts';
import { type Instant, fromIso, minuteMs } from '@handover/kernel';
import { type Promised } from './report.js';

interface Row {
  readonly group: string;
  readonly skills: ReadonlySet<string>;
  readonly from: Instant;
  readonly cellMs: number;
  readonly places: readonly number[];
}

/** One projection that the last advance brought in. */
interface Step {
  /** When it was projected: at the earliest it was applied then. */
  readonly at: Instant;
  readonly before: ReadonlyMap<string, Row>;
  readonly after: ReadonlyMap<string, Row>;
  /** Of the grid after it. */
  readonly slotMs: number;
}

/** A pool's capacity as of one projection, read straight from the events. */
export class AuditedCapacity {
  version = 0;
  private slotMs = 5 * minuteMs;
  private rows: ReadonlyMap<string, Row> = new Map();
  /** As they were before the last advance. */
  private rowsBefore: ReadonlyMap<string, Row> = new Map();
  private steps: readonly Step[] = [];
  /** The newest projection there is; 0 without any. */
  readonly newest: number;
  private readonly projections = new Map<number, CapacityProjected>();

  constructor(projections: readonly CapacityProjected[]) {
    for (const projection of projections) this.projections.set(projection.version, projection);
    this.newest = projections.reduce((newest, { version }) => Math.max(newest, version), 0);
  }

  /** Brings in every projection up to the version. False if one on the way is missing. */
  advanceTo(version: number): boolean {
    this.rowsBefore = this.rows;
    this.steps = [];
    const first = this.version === 0 ? this.lastFull(version) : this.version + 1;
    let complete = first !== undefined;
    for (let next = first ?? version; next <= version; next += 1)
      complete = this.apply(this.projections.get(next)) && complete;
    this.version = version;
    return complete;
  }

  /** Starts of the cells that the promise touches. */
  cellsOf({ start, end }: Promised): Instant[] {
    const cells: Instant[] = [];
    for (let cell = this.cellOf(start); cell < end; cell += this.slotMs) cells.push(cell);
    return cells;
  }

  cellOf(at: Instant): Instant {
    return Math.floor(at / this.slotMs) * this.slotMs;
  }

  endOf(cell: Instant): Instant {
    return cell + this.slotMs;
  }

  /** Groups with places in the cell. */
  groupsAt(cell: Instant): { readonly skills: ReadonlySet<string>; readonly places: number }[] {
    return [...this.rows.values()]
      .map((row) => ({ skills: row.skills, places: this.placesAt(row, cell) }))
      .filter(({ places }) => places > 0);
  }

  /** True if the group alone could carry the promise. */
  couldServe(group: string, promised: Promised): boolean {
    const row = this.rows.get(group);
    return (
      row !== undefined &&
      promised.skills.every((skill) => row.skills.has(skill)) &&
      this.cellsOf(promised).every((cell) => this.placesAt(row, cell) > 0)
    );
  }

  /** Cells that are not past in which the last advance took places from some group. */
  shrunkCells(now: Instant): Instant[] {
    const cells = new Set<Instant>();
    for (const [group, before] of this.rowsBefore) {
      const after = this.rows.get(group);
      if (after === before) continue;
      for (const [index, places] of before.places.entries()) {
        const cell = before.from + index * before.cellMs;
        if (cell + before.cellMs > now && (after ? this.placesAt(after, cell) : 0) < places)
          cells.add(this.cellOf(cell));
      }
    }
    return [...cells];
  }

  /**
   * True if a projection of the last advance took places from a group that may carry the promise, in a cell that was not
   * past. The log does not tell when it was applied, only that it was by now: it counts from when it was projected.
   */
  shrankFor({ skills, start, end }: Promised): boolean {
    return this.steps.some(({ at, before, after, slotMs }) =>
      [...before].some(([group, { skills: has, from, cellMs, places }]) => {
        if (!skills.every((skill) => has.has(skill))) return false;
        const row = after.get(group);
        // The grid may be another one now: the finer of both has no cell that lies in two of the other.
        const stepMs = Math.min(cellMs, slotMs);
        for (let cell = Math.floor(Math.max(start, at) / stepMs) * stepMs; cell < end; cell += stepMs) {
          const was = places[Math.floor((cell - from) / cellMs)] ?? 0;
          const left = row?.places[Math.floor((cell - row.from) / slotMs)] ?? 0;
          if (left < was) return true;
        }
        return false;
      }),
    );
  }

  private placesAt({ from, places }: Row, cell: Instant): number {
    return places[(cell - from) / this.slotMs] ?? 0;
  }

  private lastFull(version: number): number | undefined {
    for (let each = version; this.projections.has(each); each -= 1)
      if (this.projections.get(each)?.full) return each;
    return undefined;
  }

  private apply(projection: CapacityProjected | undefined): boolean {
    if (!projection) return false;
    const slotMs = (projection.settings.slotMinutes ?? 5) * minuteMs;
    const rows = new Map(projection.full || slotMs !== this.slotMs ? [] : this.rows);
    this.slotMs = slotMs;
    for (const row of projection.rows) rows.set(row.group, this.read(row));
    const step = { at: fromIso(projection.occurredAt), before: this.rows, after: rows, slotMs };
    this.steps = [...this.steps, step];
    this.rows = rows;
    return true;
  }

  private read({ group, skills, from, cells }: CapacityRow): Row {
    return {
      group,
      skills: new Set(skills),
      from: this.cellOf(fromIso(from)),
      cellMs: this.slotMs,
      places: cells,
    };
  }
}

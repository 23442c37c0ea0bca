import { type Instant, toIso } from '@handover/kernel';
import { type AuditedCapacity } from './capacity.js';
import { type Places, servable } from './fit.js';
import { type CellLoad, type Promised } from './report.js';

/** Everything that is promised at a moment of the log, by cell. */
export class Ledger {
  private readonly live = new Map<string, Promised>();
  private byCell = new Map<Instant, Set<Promised>>();
  private readonly peaks = new Map<Instant, { promised: number; capacity: number }>();

  constructor(private readonly capacity: AuditedCapacity) {}

  get(id: string): Promised | undefined {
    return this.live.get(id);
  }

  add(promised: Promised): void {
    this.remove(promised.id);
    this.live.set(promised.id, promised);
    this.lay(promised);
  }

  remove(id: string): void {
    const promised = this.live.get(id);
    if (!promised) return;
    this.live.delete(id);
    for (const cell of this.capacity.cellsOf(promised)) this.byCell.get(cell)?.delete(promised);
  }

  /**
   * Capacity has changed: lays everything on the grid anew, for cells may have another length now. A callback under way
   * that lost places it may have been using counts no more: it ends with whoever is there, in no group that is known.
   */
  regrid(now: Instant): void {
    this.byCell = new Map();
    for (const promised of this.live.values())
      if (promised.start <= now && this.capacity.shrankFor(promised)) this.live.delete(promised.id);
      else this.lay(promised);
  }

  /** Cells with promises that are not past. */
  cellsFrom(now: Instant): Instant[] {
    return [...this.byCell.keys()].filter((cell) => this.capacity.endOf(cell) > now);
  }

  /**
   * How many promises of the cell cannot be served. Callbacks whose window has begun cannot be taken back: they may be
   * more than capacity now says, but what is still ahead must fit beside as many of them as can.
   */
  unserved(cell: Instant, now: Instant): number {
    const promises = [...(this.byCell.get(cell) ?? [])];
    const groups = this.capacity.groupsAt(cell);
    this.notePeak(cell, promises.length, groups);
    const started = promises.filter(({ start }) => start <= now);
    const ahead = promises.length - started.length;
    return servable(started, groups) + ahead - servable(promises, groups);
  }

  loads(): CellLoad[] {
    return [...this.peaks].sort(([a], [b]) => a - b).map(([cell, peak]) => ({ start: toIso(cell), ...peak }));
  }

  private lay(promised: Promised): void {
    for (const cell of this.capacity.cellsOf(promised))
      this.byCell.set(cell, (this.byCell.get(cell) ?? new Set()).add(promised));
  }

  private notePeak(cell: Instant, promised: number, groups: readonly Places[]): void {
    const capacity = groups.reduce((sum, { places }) => sum + places, 0);
    const peak = this.peaks.get(cell) ?? { promised: 0, capacity: 1 };
    if (promised * peak.capacity >= peak.promised * capacity) this.peaks.set(cell, { promised, capacity });
  }
}

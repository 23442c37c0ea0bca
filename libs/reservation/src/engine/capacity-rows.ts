import { at } from './memory.js';
import { type Placement } from './placement.js';
import { type GroupCapacity } from './port.js';
import { type Saturation } from './saturation.js';

/** A row without the zeros at its ends. */
interface Row {
  readonly first: number;
  readonly end: number;
  at(cell: number): number;
}

function trimmed({ firstCell, cells }: GroupCapacity, horizon: number): Row {
  let first = Math.max(firstCell, horizon);
  let end = firstCell + cells.length;
  const value = (cell: number): number => Math.max(0, cells[cell - firstCell] ?? 0);
  while (first < end && value(first) === 0) first += 1;
  while (end > first && value(end - 1) === 0) end -= 1;
  return { first, end: Math.max(first, end), at: value };
}

/** What the engine knows of capacity and how a changed row comes in. */
export class CapacityRows {
  /** Cells before it are past: they have no capacity and hold nobody to it. */
  horizon = Number.MIN_SAFE_INTEGER;
  private first = Number.MAX_SAFE_INTEGER;
  private end = Number.MIN_SAFE_INTEGER;

  constructor(
    private readonly placement: Placement,
    private readonly saturation: Saturation,
  ) {}

  /** Brings a row in and takes out the demands that it no longer carries, as few as it can tell. */
  replace(row: GroupCapacity): number[] {
    const { groups } = this.placement;
    const next = trimmed(row, this.horizon);
    const known = groups.numberOf(row.group);
    if (known !== undefined && (next.first === next.end || !groups.hasSkills(known, row.skills)))
      return [...this.close(known), ...this.replace(row)];
    if (next.first === next.end) return [];
    this.widen(next);
    const group = known ?? groups.open(row.group, row.skills);
    const displaced = this.reshape(group, next);
    this.fill(group, next);
    return [...displaced, ...this.relieve(group, next)];
  }

  /** The group's capacity is withdrawn altogether. */
  close(group: number): number[] {
    const displaced = this.takeOutside(group, 0, 0);
    this.placement.eligibility.remove(group);
    this.placement.groups.close(group);
    this.placement.berths.close(group);
    return displaced;
  }

  /** Cells before this one are past: gives the demands that ended; those in progress count from here on. */
  advance(horizon: number): number[] {
    this.horizon = horizon;
    this.first = Math.max(this.first, horizon);
    this.saturation.span(this.first, Math.max(this.first, this.end));
    const ended = [...this.placement.groups.all()].flatMap((group) => this.clip(group));
    this.placement.eligibility.forgetBefore(horizon);
    return ended;
  }

  private clip(group: number): number[] {
    const { groups, demands } = this.placement;
    if (at(groups.end, group) <= this.horizon) return this.close(group);
    const started = this.takeOutside(group, this.horizon, at(groups.end, group));
    groups.first[group] = Math.max(at(groups.first, group), this.horizon);
    const running = started.filter((slot) => demands.end(slot) > this.horizon);
    for (const slot of running) {
      demands.clip(slot, this.horizon);
      this.placement.put(slot, group);
    }
    return started.filter((slot) => demands.end(slot) <= this.horizon);
  }

  private widen({ first, end }: Row): void {
    this.first = Math.min(this.first, first);
    this.end = Math.max(this.end, end);
    this.saturation.span(this.first, this.end);
  }

  private reshape(group: number, { first, end }: Row): number[] {
    const { groups, eligibility } = this.placement;
    if (at(groups.first, group) === first && at(groups.end, group) === end) return [];
    const displaced = this.takeOutside(group, first, end);
    eligibility.remove(group);
    groups.resize(group, first, end);
    this.placement.berths.reshape(group, first, end);
    eligibility.add(group);
    return displaced;
  }

  private fill(group: number, { first, end, at: value }: Row): void {
    const { groups } = this.placement;
    const base = at(groups.base, group);
    for (let cell = first; cell < end; cell += 1) {
      const change = value(cell) - at(groups.capacity, base + cell);
      if (change === 0) continue;
      groups.capacity[base + cell] = value(cell);
      this.placement.count(cell, cell + 1, group, -change);
      if (change > 0) this.saturation.freeing(cell, cell + 1);
    }
  }

  /** Takes out the worst ranked of each cell that carries too many. */
  private relieve(group: number, { first, end }: Row): number[] {
    const { groups, demands } = this.placement;
    const base = at(groups.base, group);
    const displaced: number[] = [];
    for (let cell = first; cell < end; cell += 1) {
      const over = -at(groups.free, base + cell);
      if (over <= 0) continue;
      const worst = this.placement.slotsCovering(group, cell).sort(demands.byRank).slice(-over);
      for (const slot of worst) this.placement.take(slot);
      displaced.push(...worst);
    }
    return displaced;
  }

  private takeOutside(group: number, first: number, end: number): number[] {
    const { groups, demands } = this.placement;
    const outside = new Set<number>();
    for (let cell = at(groups.first, group); cell < at(groups.end, group); cell += 1)
      if (cell < first || cell >= end)
        for (const slot of this.placement.slotsCovering(group, cell)) outside.add(slot);
    const displaced = [...outside].sort(demands.byRank);
    for (const slot of displaced) this.placement.take(slot);
    return displaced;
  }
}

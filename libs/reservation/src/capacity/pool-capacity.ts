import {
  type CallingHours,
  type CapacityProjected,
  type PoolSettings,
  type Staff,
  withDefaults,
} from '@handover/contracts';
import { type Instant, type TimeZone, fromIso, hourMs, minuteMs, secondMs } from '@handover/kernel';
import { type GroupCapacity } from '../engine/port.js';

/** A pool's settings with every default filled in. */
export interface BookSettings {
  readonly timeZone: TimeZone;
  readonly slotMs: number;
  readonly horizonMs: number;
  readonly leadMs: number;
  readonly holdMs: number;
  readonly holdShare: number;
  readonly handleSeconds: number;
  /** When people in that country may be called, by their own clock. */
  hoursIn(country: string | undefined): CallingHours;
}

/** What a pool can do, as last projected. */
export interface PoolCapacity {
  readonly version: number;
  readonly settings: BookSettings;
  readonly groups: ReadonlyMap<string, GroupCapacity>;
  /** Planned handle time by issue type; another type takes the settings' default. */
  readonly plannedSeconds: ReadonlyMap<string, number>;
  /** Skill sets of agents from whom no capacity follows: nothing can be promised for them. */
  readonly unpromised: readonly Staff[];
}

/** The capacity after a projection, and the groups that it changed, on the absolute grid. */
export interface Projected {
  readonly capacity: PoolCapacity;
  readonly changed: readonly GroupCapacity[];
}

export function project(before: PoolCapacity | undefined, event: CapacityProjected): Projected {
  const settings = settingsOf(event.settings);
  const changed = event.rows.map(({ group, skills, from, cells }) => ({
    group,
    skills,
    firstCell: Math.floor(fromIso(from) / settings.slotMs),
    cells,
  }));
  const keeps = before && !event.full && before.settings.slotMs === settings.slotMs;
  const groups = new Map(keeps ? before.groups : []);
  for (const row of changed) {
    if (row.cells.some((places) => places > 0)) groups.set(row.group, row);
    else groups.delete(row.group);
  }
  const plannedSeconds = new Map(event.handleTimes.map((time) => [time.issueType, time.plannedSeconds]));
  const { version, unpromised = [] } = event;
  return { capacity: { version, settings, groups, plannedSeconds, unpromised }, changed };
}

function settingsOf(given: PoolSettings): BookSettings {
  const settings = withDefaults(given);
  const { callingHours, countryHours } = settings;
  return {
    timeZone: settings.timeZone,
    slotMs: settings.slotMinutes * minuteMs,
    horizonMs: settings.horizonHours * hourMs,
    leadMs: settings.leadMinutes * minuteMs,
    holdMs: settings.holdSeconds * secondMs,
    holdShare: settings.holdShare,
    handleSeconds: settings.handleSeconds,
    hoursIn: (country) => countryHours.find((hours) => hours.country === country) ?? callingHours,
  };
}

export const serves = (group: Pick<GroupCapacity, 'skills'>, skills: readonly string[]): boolean =>
  skills.every((skill) => group.skills.includes(skill));

/** Starts, in the span, at which some agent has the hours for a callback of this length, booked or not; ascending. */
export function openStarts(
  capacity: PoolCapacity,
  skills: readonly string[],
  handleSeconds: number,
  from: Instant,
): readonly Instant[] {
  const { slotMs } = capacity.settings;
  const cells = cellsFor(handleSeconds, slotMs);
  const firstCell = Math.ceil(from / slotMs);
  const open = new Set<number>();
  for (const group of capacity.groups.values()) {
    if (!serves(group, skills)) continue;
    let run = 0;
    for (let index = 0; index < group.cells.length; index += 1) {
      run = (group.cells[index] ?? 0) > 0 ? run + 1 : 0;
      const cell = group.firstCell + index - cells + 1;
      if (run >= cells && cell >= firstCell) open.add(cell);
    }
  }
  return [...open].sort((a, b) => a - b).map((cell) => cell * slotMs);
}

/** Whole grid cells that a callback of this length occupies from its start. */
export const cellsFor = (handleSeconds: number, slotMs: number): number =>
  Math.ceil((handleSeconds * secondMs) / slotMs);

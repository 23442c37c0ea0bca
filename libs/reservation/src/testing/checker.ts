import { type CapacityProjected } from '@handover/contracts';
import { type Instant, fromIso, minuteMs, secondMs } from '@handover/kernel';
import { type Promised, type Standing } from './log-reader.js';

/** The rules about everything that stands at one moment; an empty list if all hold. */
export function breaches(
  { holds, appointments, atRisk, taken, faults }: Standing,
  capacity: readonly CapacityProjected[],
  now: Instant,
): readonly string[] {
  const twice = (what: string, keys: readonly string[]): string[] =>
    keys.filter((key, index) => keys.indexOf(key) !== index).map((key) => `${key} has ${what} twice`);
  const ahead = appointments.filter(({ start }) => start > now);
  const starts = holds.map(({ handoverId, start }) => `${handoverId}@${start}`);
  const sets = new Map(holds.map(({ set, subject }) => [set, subject]));
  return [
    ...faults,
    ...holds.filter(({ until }) => until <= now).map(({ id }) => `${id} is held past its time`),
    ...holds
      .filter(({ set = '' }) => taken.has(set))
      .map(({ id }) => `${id} is held beside the appointment that its set became`),
    ...twice(
      'an appointment',
      appointments.map(({ handoverId }) => handoverId),
    ),
    ...twice(
      'an appointment ahead',
      ahead.map(({ subject }) => subject),
    ),
    ...twice('one offered time', starts),
    ...twice('a set of offers', [...sets.values()]),
    ...(fits([...holds, ...ahead.filter(({ id }) => !atRisk.has(id))], capacity, now)
      ? []
      : ['what is promised does not fit the capacity']),
  ];
}

/** Tries every assignment of promises to groups until one fits. Cells that are over by `now` do not count. */
export function fits(
  promised: readonly Promised[],
  capacity: readonly CapacityProjected[],
  now: Instant = -Infinity,
): boolean {
  const { places, skills } = openPlaces(capacity);
  const slotMs = (capacity.at(-1)?.settings.slotMinutes ?? 5) * minuteMs;
  const cellsOf = ({ start, seconds }: Promised): number[] => {
    const cells: number[] = [];
    const end = start + seconds * secondMs;
    const present = Math.max(Math.floor(start / slotMs), Math.floor(now / slotMs));
    for (let cell = present; cell * slotMs < end; cell += 1) cells.push(cell);
    return cells;
  };
  const assign = (index: number): boolean => {
    const next = promised[index];
    if (!next) return true;
    return [...skills]
      .filter(([, has]) => next.skills.every((skill) => has.includes(skill)))
      .some(([group]) => {
        const keys = cellsOf(next).map((cell) => `${group} ${cell}`);
        if (keys.some((key) => (places.get(key) ?? 0) < 1)) return false;
        for (const key of keys) places.set(key, (places.get(key) ?? 0) - 1);
        if (assign(index + 1)) return true;
        for (const key of keys) places.set(key, (places.get(key) ?? 0) + 1);
        return false;
      });
  };
  return assign(0);
}

/** Places by group and cell, after all projections. */
function openPlaces(capacity: readonly CapacityProjected[]) {
  const places = new Map<string, number>();
  const skills = new Map<string, readonly string[]>();
  for (const { full, rows, settings } of capacity) {
    const slotMs = (settings.slotMinutes ?? 5) * minuteMs;
    if (full) places.clear();
    for (const { group, skills: has, from, cells } of rows) {
      skills.set(group, has);
      for (const key of [...places.keys()]) if (key.startsWith(`${group} `)) places.delete(key);
      const first = fromIso(from) / slotMs;
      for (const [index, free] of cells.entries()) places.set(`${group} ${first + index}`, free);
    }
  }
  return { places, skills };
}

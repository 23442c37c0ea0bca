import { type Admission, type CapacityEngine, type Demand, type GroupCapacity } from './port.js';

interface Group {
  readonly id: string;
  capacity: GroupCapacity;
  /** Demands in progress, by cell. */
  readonly load: Map<number, number>;
  readonly placed: Set<Demand>;
}

const capacityAt = ({ capacity }: Group, cell: number): number =>
  capacity.cells[cell - capacity.firstCell] ?? 0;
const freeAt = (group: Group, cell: number): number => capacityAt(group, cell) - (group.load.get(cell) ?? 0);
const serves = (group: Group, skills: readonly string[]): boolean =>
  skills.every((skill) => group.capacity.skills.includes(skill));
const cellsOf = ({ firstCell, cells }: Demand): number[] =>
  Array.from({ length: cells }, (_, index) => firstCell + index);
const hasRoom = (group: Group, demand: Demand): boolean =>
  cellsOf(demand).every((cell) => freeAt(group, cell) > 0);
const byFlexibility = (a: Group, b: Group): number =>
  a.capacity.skills.length - b.capacity.skills.length || (a.id < b.id ? -1 : 1);

/** A pool's capacity engine without any capacity yet. */
// eslint-disable-next-line max-lines-per-function -- first version; split next
export function createEngine(): CapacityEngine {
  const groups = new Map<string, Group>();
  const witness = new Map<string, { demand: Demand; group: Group }>();

  const eligible = (demand: Demand): Group[] =>
    [...groups.values()].filter((group) => serves(group, demand.skills)).sort(byFlexibility);
  const put = (demand: Demand, group: Group, step: 1 | -1 = 1): void => {
    for (const cell of cellsOf(demand)) group.load.set(cell, (group.load.get(cell) ?? 0) + step);
    if (step === 1) {
      group.placed.add(demand);
      witness.set(demand.id, { demand, group });
    } else {
      group.placed.delete(demand);
      witness.delete(demand.id);
    }
  };
  /** One other demand gives way to another group, if that makes room. */
  const shiftOne = (demand: Demand, group: Group): Admission | undefined => {
    for (const other of [...group.placed]) {
      put(other, group, -1);
      const target =
        hasRoom(group, demand) && eligible(other).find((next) => next !== group && hasRoom(next, other));
      put(other, target || group);
      if (target) return { group: group.id, shifted: [{ id: other.id, group: target.id }] };
    }
    return undefined;
  };
  const find = (demand: Demand): Admission | undefined => {
    const choices = eligible(demand);
    const direct = choices.find((group) => hasRoom(group, demand));
    if (direct) return { group: direct.id, shifted: [] };
    for (const group of choices) {
      const found = shiftOne(demand, group);
      if (found) return found;
    }
    return undefined;
  };
  const release = (id: string): void => {
    const placed = witness.get(id);
    if (placed) put(placed.demand, placed.group, -1);
  };

  const engine: CapacityEngine = {
    admit(demand) {
      const present = witness.get(demand.id);
      if (present) return { group: present.group.id, shifted: [] };
      const found = find(demand);
      const group = found && groups.get(found.group);
      if (group) put(demand, group);
      return found;
    },
    fits(demand) {
      if (witness.has(demand.id)) return true;
      return eligible(demand).some((group) => hasRoom(group, demand));
    },
    release,
    groupOf: (id) => witness.get(id)?.group.id,
    applyCapacity(rows, full) {
      const named = new Set(rows.map((row) => row.group));
      for (const row of rows) {
        const group = groups.get(row.group);
        if (group) group.capacity = row;
        else groups.set(row.group, { id: row.group, capacity: row, load: new Map(), placed: new Set() });
      }
      for (const group of groups.values())
        if (full && !named.has(group.id)) group.capacity = { ...group.capacity, cells: [] };
      const displaced: Demand[] = [];
      for (const group of groups.values())
        for (const demand of [...group.placed].sort((a, b) => b.rank - a.rank))
          if (cellsOf(demand).some((cell) => freeAt(group, cell) < 0)) {
            put(demand, group, -1);
            displaced.push(demand);
          }
      displaced.sort((a, b) => a.rank - b.rank);
      return displaced.filter((demand) => !engine.admit(demand)).reverse();
    },
    freeAt: (cell, skills) =>
      [...groups.values()]
        .filter((group) => serves(group, skills))
        .reduce((sum, group) => sum + Math.max(0, freeAt(group, cell)), 0),
    forgetBefore(cell) {
      for (const { demand } of [...witness.values()])
        if (demand.firstCell + demand.cells <= cell) release(demand.id);
      for (const [id, { capacity }] of groups)
        if (capacity.firstCell + capacity.cells.length <= cell) groups.delete(id);
    },
  };
  return engine;
}

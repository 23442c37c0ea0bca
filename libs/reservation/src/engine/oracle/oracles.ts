import { type CapacityEngine, type Demand, type GroupCapacity } from '../port.js';
import { Network } from '../../audit/max-flow.js';

const capacityAt = (row: GroupCapacity, cell: number): number => row.cells[cell - row.firstCell] ?? 0;
const serves = (row: GroupCapacity, demand: Demand): boolean =>
  demand.skills.every((skill) => row.skills.includes(skill));
const covers = (demand: Demand, cell: number): boolean =>
  demand.firstCell <= cell && cell < demand.firstCell + demand.cells;

/** Of demands that all want one cell: how many can be served there at most. */
export function mostAtCell(rows: readonly GroupCapacity[], demands: readonly Demand[], cell: number): number {
  const [source, sink] = [0, 1];
  const network = new Network(2 + rows.length + demands.length);
  rows.forEach((row, group) => {
    network.connect(2 + group, sink, capacityAt(row, cell));
  });
  demands.forEach((demand, index) => {
    const node = 2 + rows.length + index;
    network.connect(source, node, 1);
    rows.forEach((row, group) => {
      if (serves(row, demand)) network.connect(node, 2 + group, 1);
    });
  });
  return network.maxFlow(source, sink);
}

/** True if all demands fit at once: tries every assignment. */
export function allFit(rows: readonly GroupCapacity[], demands: readonly Demand[]): boolean {
  const free = rows.map((row) => new Map(row.cells.map((count, index) => [row.firstCell + index, count])));
  const inOrder = [...demands].sort((a, b) => a.firstCell - b.firstCell || b.cells - a.cells);
  const place = (index: number): boolean => {
    const demand = inOrder[index];
    if (!demand) return true;
    const cells = Array.from({ length: demand.cells }, (_, offset) => demand.firstCell + offset);
    return rows.some((row, group) => {
      const left = free[group] ?? new Map<number, number>();
      if (!serves(row, demand) || !cells.every((cell) => (left.get(cell) ?? 0) > 0)) return false;
      for (const cell of cells) left.set(cell, (left.get(cell) ?? 0) - 1);
      const fits = place(index + 1);
      for (const cell of cells) left.set(cell, (left.get(cell) ?? 0) + 1);
      return fits;
    });
  };
  return place(0);
}

/** What is wrong with the engine's witness for these demands, in words; nothing if it proves that they fit. */
export function faultsOf(
  engine: CapacityEngine,
  rows: readonly GroupCapacity[],
  demands: readonly Demand[],
  fromCell = -Infinity,
): string[] {
  const byGroup = new Map(rows.map((row) => [row.group, row]));
  const placed = demands.map((demand) => ({ demand, row: byGroup.get(engine.groupOf(demand.id) ?? '') }));
  const misplaced = placed
    .filter(({ demand, row }) => !row || !serves(row, demand))
    .map(({ demand }) => `${demand.id} lies in no group that serves it`);
  const overbooked = rows.flatMap((row) => {
    const mine = placed.filter((each) => each.row === row).map(({ demand }) => demand);
    const cells = new Set(
      mine.flatMap(({ firstCell, cells: length }) =>
        Array.from({ length }, (_, offset) => firstCell + offset),
      ),
    );
    return [...cells]
      .filter((cell) => cell >= fromCell)
      .filter((cell) => mine.filter((demand) => covers(demand, cell)).length > capacityAt(row, cell))
      .map((cell) => `${row.group} is overbooked in cell ${cell}`);
  });
  return [...misplaced, ...overbooked];
}

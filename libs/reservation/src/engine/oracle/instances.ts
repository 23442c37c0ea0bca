import { type Demand, type GroupCapacity } from '../port.js';
import { type Random } from '@handover/kernel';

/** A small pool and those who want a place in it, in the order in which they ask. */
export interface Instance {
  readonly rows: readonly GroupCapacity[];
  readonly demands: readonly Demand[];
}

export interface Shape {
  readonly skills: number;
  readonly groups: number;
  /** Cells of the pool; 1 makes every demand one cell long. */
  readonly cells: number;
  readonly longest: number;
  readonly agents: number;
  readonly demands: number;
}

const alphabet = ['a', 'b', 'c', 'd', 'e', 'f'];

/** One to three of the first `count` skills: groups overlap without one holding another, so that preference alone errs. */
function someSkills(random: Random, count: number): string[] {
  const size = random.pick([1, 2, 2, 2, 3]);
  const chosen = new Set(Array.from({ length: size }, () => alphabet[random.below(count)] ?? 'a'));
  return [...chosen];
}

/** A row that begins and ends somewhere in the pool's cells, with counts that may fall as agents are derated. */
function aRow(random: Random, shape: Shape, index: number): GroupCapacity {
  const skills = someSkills(random, shape.skills);
  const firstCell = random.below(3) > 0 ? 0 : random.below(shape.cells);
  const length = random.below(3) > 0 ? shape.cells - firstCell : random.between(1, shape.cells - firstCell);
  const agents = random.between(1, shape.agents);
  const cells = Array.from({ length }, () => (random.below(8) === 0 ? random.between(0, agents) : agents));
  return { group: `${skills.join('+')}@${index}`, skills, firstCell, cells };
}

function aDemand(random: Random, shape: Shape, index: number): Demand {
  const cells = random.between(1, Math.min(shape.longest, shape.cells));
  const skills =
    random.below(8) === 0 ? someSkills(random, shape.skills) : [random.pick(alphabet.slice(0, shape.skills))];
  return { id: `d${index}`, skills, firstCell: random.between(0, shape.cells - cells), cells, rank: index };
}

/** An instance of any size up to the shape's. */
export function anInstance(random: Random, most: Shape): Instance {
  const shape = {
    ...most,
    skills: random.between(3, most.skills),
    groups: random.between(2, most.groups),
    cells: random.between(1, most.cells),
    demands: random.between(Math.ceil(most.demands / 2), most.demands),
  };
  return {
    rows: Array.from({ length: shape.groups }, (_, index) => aRow(random, shape, index)),
    demands: Array.from({ length: shape.demands }, (_, index) => aDemand(random, shape, index)),
  };
}

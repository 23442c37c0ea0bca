import { type Random, seededRandom } from '@handover/kernel';
import { type CapacityEngine, type Demand, type GroupCapacity, createEngine } from '@handover/reservation';

/** A busy day of a large pool: eight-hour shifts that begin all day long, agents of two to six skills. */
export interface Size {
  readonly agents: number;
  readonly groups: number;
  readonly skills: number;
  /** Five-minute cells of the day. */
  readonly cells: number;
}

const shiftCells = 96;

export function dayOf(size: Size, seed = 1): GroupCapacity[] {
  const random = seededRandom(seed);
  return Array.from({ length: size.groups }, (_, index) => {
    const skills = new Set<string>();
    const count = random.between(2, 6);
    while (skills.size < count) skills.add(`skill-${random.below(size.skills)}`);
    const firstCell = random.below(size.cells - shiftCells + 1);
    const agents =
      Math.floor(((index + 1) * size.agents) / size.groups) - Math.floor((index * size.agents) / size.groups);
    return {
      group: `${[...skills].join('+')}@${index}`,
      skills: [...skills],
      firstCell,
      cells: new Array<number>(shiftCells).fill(agents),
    };
  });
}

/** Callers want one skill or two that some agents have together, for one to three cells, at any time such agents work. */
export class Callers {
  private count = 0;
  private readonly wanted: readonly (readonly string[])[][];

  constructor(
    private readonly rows: readonly GroupCapacity[],
    private readonly random: Random,
  ) {
    // The kinds of call are few and their skill lists are shared, as a pool's routing rules share them.
    const kinds = new Map<string, readonly string[]>();
    const kind = (skills: string[]): readonly string[] => {
      const known = kinds.get(skills.join());
      if (!known) kinds.set(skills.join(), skills);
      return known ?? skills;
    };
    this.wanted = rows.map((row) => [
      ...row.skills.map((skill) => kind([skill])),
      kind([...row.skills].sort().slice(0, 2)),
    ]);
  }

  next(): Demand {
    const { random } = this;
    const index = random.below(this.rows.length);
    const row = this.rows[index];
    const cells = random.between(1, 3);
    this.count += 1;
    return {
      // Lower case makes one string of the parts, as ids are that come out of a message.
      id: `7f3c9a52-offer-${this.count}`.toLowerCase(),
      skills: random.pick(this.wanted[index] ?? []),
      firstCell: (row?.firstCell ?? 0) + random.below(shiftCells - cells + 1),
      cells,
      rank: this.count,
    };
  }
}

export interface Loaded {
  readonly engine: CapacityEngine;
  readonly callers: Callers;
  readonly placed: Demand[];
  readonly random: Random;
  /** Cells in use / cells of capacity, as reached. */
  readonly load: number;
}

/** Takes out one at random; the last takes its place. @throws Error if there is none */
export function takeAny(placed: Demand[], random: Random): Demand {
  const index = random.below(placed.length);
  const [taken, last] = [placed[index], placed.pop()];
  if (!taken || !last) throw new Error('The pool is empty');
  if (index < placed.length) placed[index] = last;
  return taken;
}

/** A pool filled by callers until the share of its agent-cells is in use, or until hardly anybody finds a place. */
export function loaded(size: Size, share: number): Loaded {
  const rows = dayOf(size);
  const random = seededRandom(2);
  const engine = createEngine();
  engine.applyCapacity(rows, true);
  const callers = new Callers(rows, random);
  const total = rows.reduce((sum, row) => sum + row.cells.reduce((a, b) => a + b, 0), 0);
  const placed: Demand[] = [];
  let used = 0;
  for (let refused = 0; used < share * total && refused < 2_000_000;) {
    const demand = callers.next();
    if (engine.admit(demand)) {
      placed.push(demand);
      used += demand.cells;
    } else refused += 1;
  }
  return { engine, callers, placed, random, load: used / total };
}

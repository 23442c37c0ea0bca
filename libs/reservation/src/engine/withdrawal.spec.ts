import { type Random, seededRandom } from '@handover/kernel';
import { createEngine } from './engine.js';
import { type Instance, type Shape, anInstance } from './oracle/instances.js';
import { allFit, faultsOf, mostAtCell } from './oracle/oracles.js';
import { aDemand, aRow } from './oracle/pool.js';
import { type Demand, type GroupCapacity } from './port.js';

interface Withdrawal {
  readonly rows: readonly GroupCapacity[];
  readonly kept: readonly Demand[];
  readonly out: readonly Demand[];
}

/** Fills a pool, then takes capacity away from some of its groups. */
function withdraw({ rows, demands }: Instance, random: Random): Withdrawal {
  const engine = createEngine();
  engine.applyCapacity(rows, true);
  const admitted = demands.filter((demand) => engine.admit(demand));
  const fewer = rows
    .filter(() => random.below(2) === 0)
    .map((row) => ({ ...row, cells: row.cells.map((count) => random.between(0, count)) }));
  const out = engine.applyCapacity(fewer, false);
  const left = rows.map((row) => fewer.find(({ group }) => group === row.group) ?? row);
  const kept = admitted.filter(({ id }) => !out.some((other) => other.id === id));
  expect(faultsOf(engine, left, kept)).toEqual([]);
  expect(out.map(({ id }) => engine.groupOf(id))).toEqual(out.map(() => undefined));
  expect(out.map(({ rank }) => rank)).toEqual(out.map(({ rank }) => rank).sort((a, b) => b - a));
  return { rows: left, kept, out };
}

const byRank = (a: Demand, b: Demand): number => a.rank - b.rank;

/** Best rank first, keep each that fits beside those kept. */
const greedily = (demands: readonly Demand[], fit: (together: readonly Demand[]) => boolean): Demand[] =>
  [...demands]
    .sort(byRank)
    .reduce<Demand[]>((kept, next) => (fit([...kept, next]) ? [...kept, next] : kept), []);

/** The most demands of the list that fit together. */
function mostThatFit(rows: readonly GroupCapacity[], demands: readonly Demand[]): number {
  const grow = (from: number, kept: readonly Demand[]): number =>
    demands.slice(from).reduce((best, next, index) => {
      const more = [...kept, next];
      return allFit(rows, more) ? Math.max(best, grow(from + index + 1, more)) : best;
    }, kept.length);
  return grow(0, []);
}

describe('withdrawn capacity', () => {
  it('keeps, of one-cell demands, exactly those that the best ranks allow, and as many as can be', () => {
    const random = seededRandom(3);
    const shape: Shape = { skills: 5, groups: 5, cells: 1, longest: 1, agents: 3, demands: 14 };
    let out = 0;
    for (let run = 0; run < 3_000; run += 1) {
      const after = withdraw(anInstance(random, shape), random);
      const all = [...after.kept, ...after.out];
      const fit = (together: readonly Demand[]): boolean =>
        mostAtCell(after.rows, together, 0) === together.length;
      expect([...after.kept].sort(byRank)).toEqual(greedily(all, fit));
      expect(after.kept).toHaveLength(mostAtCell(after.rows, all, 0));
      out += after.out.length;
    }
    expect(out).toBeGreaterThan(1_000);
  }, 60_000);

  it('keeps, of demands of several cells, nearly as many as an exhaustive search keeps', () => {
    const random = seededRandom(4);
    const shape: Shape = { skills: 4, groups: 4, cells: 6, longest: 3, agents: 2, demands: 9 };
    let [kept, best, again] = [0, 0, 0];
    for (let run = 0; run < 500; run += 1) {
      const after = withdraw(anInstance(random, shape), random);
      kept += after.kept.length;
      best += mostThatFit(after.rows, [...after.kept, ...after.out]);
      again += after.out.filter((demand) => allFit(after.rows, [...after.kept, demand])).length;
    }
    process.stdout.write(
      `withdrawn capacity: kept ${kept} of ${best} that could be kept (${((100 * kept) / best).toFixed(2)} %)\n`,
    );
    expect(again).toBe(0);
    expect(kept / best).toBeGreaterThan(0.97);
  }, 60_000);

  it('keeps exactly the best ranked when a great share of a large pool is gone at once', () => {
    const engine = createEngine();
    const rows = ['a@1', 'a@2', 'a@3'].map((group) => aRow({ group, cells: [1_000] }));
    engine.applyCapacity(rows, true);
    const random = seededRandom(5);
    const demands = Array.from({ length: 3_000 }, (_, index) =>
      aDemand({ id: `${index}`, rank: random.below(1_000_000) }),
    );
    for (const demand of demands) engine.admit(demand);
    const out = engine.applyCapacity(
      rows.map((row, index) => ({ ...row, cells: [index * 200] })),
      true,
    );
    const worst = [...demands].sort((a, b) => b.rank - a.rank || (a.id < b.id ? 1 : -1)).slice(0, 2_400);
    expect(out.map(({ id }) => id)).toEqual(worst.map(({ id }) => id));
  });
});

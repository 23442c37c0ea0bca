import { seededRandom } from '@handover/kernel';
import { createEngine } from './engine.js';
import { type Instance, type Shape, anInstance } from './oracle/instances.js';
import { allFit, faultsOf, mostAtCell } from './oracle/oracles.js';
import { type Demand } from './port.js';

/** Random instances to try; more by `RUNS`. */
const runs = (usual: number): number => Math.max(usual, Number(process.env['RUNS'] ?? 0));

interface Tally {
  admitted: number;
  shifted: number;
  refused: number;
  proven: number;
  missed: number;
  faults: string[];
}

type Oracle = (instance: Instance, present: readonly Demand[], next: Demand) => boolean;

/** Lets the demands of an instance ask one after the other, some leaving between, and compares each answer with the oracle's. */
function compare(instance: Instance, oracle: Oracle, leaves: () => boolean, tally: Tally): void {
  const engine = createEngine();
  engine.applyCapacity(instance.rows, true);
  const present: Demand[] = [];
  for (const demand of instance.demands) {
    const admission = engine.admit(demand);
    if (admission) {
      present.push(demand);
      tally.admitted += 1;
      if (admission.shifted.length > 0) tally.shifted += 1;
    } else {
      tally.refused += 1;
      if (engine.isProvenFull(demand)) tally.proven += 1;
      if (oracle(instance, present, demand)) tally.missed += 1;
    }
    if (leaves()) engine.release(present.shift()?.id ?? '');
  }
  tally.faults.push(...faultsOf(engine, instance.rows, present));
}

function compareMany(count: number, shape: Shape, oracle: Oracle): Tally {
  const random = seededRandom(20_261_123);
  const tally: Tally = { admitted: 0, shifted: 0, refused: 0, proven: 0, missed: 0, faults: [] };
  for (let run = 0; run < count; run += 1)
    compare(anInstance(random, shape), oracle, () => random.below(4) === 0, tally);
  return tally;
}

const percent = (share: number): string => `${(100 * share).toFixed(4)} %`;

const report = (what: string, { admitted, shifted, refused, proven, missed }: Tally): void => {
  process.stdout.write(
    `${what}: ${admitted} admitted (${shifted} by shifting others), ${refused} refused (${proven} by proof), ${missed} of them wrongly; ` +
      `complete to ${percent(admitted / (admitted + missed))}, of those that need a shift ${percent(shifted / (shifted + missed))}\n`,
  );
};

describe('the engine beside its oracles', () => {
  it('agrees with max-flow on every decision about one-cell demands, in 100,000 random instances', () => {
    const shape: Shape = { skills: 6, groups: 6, cells: 1, longest: 1, agents: 3, demands: 12 };
    const tally = compareMany(runs(100_000), shape, ({ rows }, present, next) => {
      const all = [...present, next];
      return mostAtCell(rows, all, next.firstCell) === all.length;
    });
    report('one-cell demands', tally);
    expect(tally.faults).toEqual([]);
    expect(tally.missed).toBe(0);
    expect(tally.proven).toBe(tally.refused);
    expect(tally.shifted).toBeGreaterThan(1_000);
  }, 300_000);

  it('never overbooks with demands of several cells, and finds at least 99.9 % of what an exhaustive search finds', () => {
    const shape: Shape = { skills: 5, groups: 5, cells: 8, longest: 4, agents: 3, demands: 18 };
    const tally = compareMany(runs(20_000), shape, ({ rows }, present, next) =>
      allFit(rows, [...present, next]),
    );
    report('demands of several cells', tally);
    expect(tally.faults).toEqual([]);
    expect(tally.shifted / (tally.shifted + tally.missed)).toBeGreaterThanOrEqual(0.999);
    expect(tally.shifted).toBeGreaterThan(1_000);
  }, 300_000);
});

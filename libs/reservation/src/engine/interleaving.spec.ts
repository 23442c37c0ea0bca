import fc from 'fast-check';
import { createEngine } from './engine.js';
import { allFit, faultsOf } from './oracle/oracles.js';
import { type CapacityEngine, type Demand, type GroupCapacity } from './port.js';

const numRuns = Number(process.env['RUNS'] ?? 10_000);
const cellCount = 12;

type Call =
  | { readonly kind: 'admit'; readonly demand: Demand }
  | { readonly kind: 'fits'; readonly demand: Demand }
  | { readonly kind: 'release'; readonly id: string }
  | { readonly kind: 'apply'; readonly rows: readonly GroupCapacity[]; readonly full: boolean }
  | { readonly kind: 'forget'; readonly cell: number };

const skills = fc.uniqueArray(fc.constantFrom('a', 'b', 'c'), { minLength: 1, maxLength: 2 });
const id = fc.nat({ max: 15 }).map((number) => `d${number}`);
const demand = fc.record({
  id,
  skills,
  firstCell: fc.nat({ max: cellCount - 1 }),
  cells: fc.integer({ min: 1, max: 4 }),
  rank: fc.nat({ max: 5 }),
});
const row = fc
  .record({
    group: fc.constantFrom('a', 'b', 'c', 'a+b', 'a+c', 'b+c', 'a+b+c'),
    firstCell: fc.nat({ max: 6 }),
    cells: fc.array(fc.nat({ max: 2 }), { maxLength: cellCount - 6 }),
  })
  .map((each): GroupCapacity => ({ ...each, skills: each.group.split('+') }));
const rows = fc.uniqueArray(row, { maxLength: 5, selector: ({ group }) => group });

const call: fc.Arbitrary<Call> = fc.oneof(
  { weight: 12, arbitrary: fc.record({ kind: fc.constant('admit' as const), demand }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('fits' as const), demand }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('release' as const), id }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('apply' as const), rows, full: fc.boolean() }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('forget' as const), cell: fc.nat({ max: cellCount }) }),
  },
);

/** Refusals in all runs, and those that an exhaustive search finds wrong. */
const tally = { refused: 0, missed: 0 };

/** What a caller knows who remembers each answer: the model that the engine is held to. */
class Model {
  readonly rows = new Map<string, GroupCapacity>();
  readonly present = new Map<string, Demand>();
  horizon = -Infinity;

  /** Makes the call, checks the answer against the model and gives it. */
  make(engine: CapacityEngine, each: Call): unknown {
    switch (each.kind) {
      case 'admit':
        return this.admit(engine, each.demand);
      case 'fits':
        return engine.fits(each.demand);
      case 'release':
        this.present.delete(each.id);
        return engine.release(each.id);
      case 'apply':
        return this.apply(engine, each.rows, each.full);
      case 'forget':
        return this.forget(engine, each.cell);
    }
  }

  check(engine: CapacityEngine): void {
    expect(faultsOf(engine, [...this.rows.values()], [...this.present.values()], this.horizon)).toEqual([]);
  }

  witness(engine: CapacityEngine): unknown {
    return [...this.present.keys()].map((each) => [each, engine.groupOf(each)]);
  }

  private admit(engine: CapacityEngine, asked: Demand): unknown {
    const known = this.present.has(asked.id);
    const fits = engine.fits(asked);
    const admission = engine.admit(asked);
    expect(fits).toBe(admission !== undefined);
    if (admission) expect(engine.isProvenFull(asked)).toBe(false);
    if (!admission) this.countRefusal(asked);
    if (known) expect(admission).toEqual({ group: engine.groupOf(asked.id), shifted: [] });
    else if (admission) this.present.set(asked.id, asked);
    for (const shift of admission?.shifted ?? []) expect(engine.groupOf(shift.id)).toBe(shift.group);
    return admission;
  }

  private countRefusal(asked: Demand): void {
    const counts = [...this.present.values(), asked].map((each) => this.clipped(each));
    tally.refused += 1;
    if (counts.at(-1)?.cells && allFit([...this.rows.values()], counts)) tally.missed += 1;
  }

  /** What of the demand lies at or after the horizon. */
  private clipped(each: Demand): Demand {
    const firstCell = Math.max(each.firstCell, this.horizon);
    return { ...each, firstCell, cells: Math.max(0, each.firstCell + each.cells - firstCell) };
  }

  private apply(engine: CapacityEngine, changed: readonly GroupCapacity[], full: boolean): unknown {
    const out = engine.applyCapacity(changed, full);
    if (full) this.rows.clear();
    for (const each of changed) this.rows.set(each.group, each);
    for (const each of out) {
      expect(this.present.delete(each.id)).toBe(true);
      expect(engine.groupOf(each.id)).toBeUndefined();
    }
    return out;
  }

  private forget(engine: CapacityEngine, cell: number): void {
    engine.forgetBefore(cell);
    this.horizon = Math.max(this.horizon, cell);
    for (const each of this.present.values())
      if (each.firstCell + each.cells <= this.horizon) {
        this.present.delete(each.id);
        expect(engine.groupOf(each.id)).toBeUndefined();
      }
  }
}

describe('any interleaving of calls', () => {
  it('leaves a witness that proves that all fit, refuses nobody who fits, and is the same when only the changes are replayed', () => {
    fc.assert(
      fc.property(fc.array(call, { maxLength: 40 }), (calls) => {
        const [engine, model] = [createEngine(), new Model()];
        const [again, replayed] = [createEngine(), new Model()];
        for (const each of calls) {
          const answer = model.make(engine, each);
          model.check(engine);
          if (each.kind === 'fits') continue;
          expect(replayed.make(again, each)).toEqual(answer);
          expect(replayed.witness(again)).toEqual(model.witness(engine));
        }
      }),
      { numRuns },
    );
    expect(tally.refused).toBeGreaterThan(numRuns);
    expect(tally.missed / tally.refused).toBeLessThan(0.0001);
  }, 600_000);
});

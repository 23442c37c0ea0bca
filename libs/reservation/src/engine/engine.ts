import { CapacityRows } from './capacity-rows.js';
import { Placement, type Wish } from './placement.js';
import { type Admission, type CapacityEngine, type Demand, type GroupCapacity } from './port.js';
import { Search } from './search.js';
import { rehome } from './withdrawal.js';

/** A pool's capacity engine, as yet without capacity: it admits nothing. */
export const createEngine = (): CapacityEngine => new Engine();

/** How it decides is told in docs/matching.md. */
class Engine implements CapacityEngine {
  private readonly placement = new Placement();
  private readonly search = new Search(this.placement);
  private readonly rows = new CapacityRows(this.placement, this.search.saturation);

  admit(demand: Demand): Admission | undefined {
    const { demands, groups } = this.placement;
    const present = this.groupOf(demand.id);
    if (present !== undefined) return { group: present, shifted: [] };
    const wish = this.wishOf(demand);
    const plan = this.search.plan(wish);
    if (!plan) return undefined;
    this.placement.carryOut(demands.add(demand, wish.type, wish.start), plan);
    return {
      group: groups.name(plan.group),
      shifted: plan.moves.map(({ slot, group }) => ({ id: demands.idOf(slot), group: groups.name(group) })),
    };
  }

  fits(demand: Demand): boolean {
    return this.groupOf(demand.id) !== undefined || this.search.plan(this.wishOf(demand)) !== undefined;
  }

  isProvenFull(demand: Demand): boolean {
    return this.groupOf(demand.id) === undefined && this.search.isProvenFull(this.wishOf(demand));
  }

  release(id: string): void {
    const slot = this.placement.demands.slotOf(id);
    if (slot === undefined) return;
    this.placement.take(slot);
    this.drop(slot);
  }

  groupOf(id: string): string | undefined {
    const { demands, groups } = this.placement;
    const slot = demands.slotOf(id);
    return slot === undefined ? undefined : groups.name(demands.group(slot));
  }

  applyCapacity(rows: readonly GroupCapacity[], full: boolean): readonly Demand[] {
    const { demands, groups, skillSets } = this.placement;
    const named = new Set(rows.map((row) => row.group));
    const gone = full ? [...groups.all()].filter((group) => !named.has(groups.name(group))) : [];
    const displaced = [
      ...gone.flatMap((group) => this.rows.close(group)),
      ...rows.flatMap((row) => this.rows.replace(row)),
    ];
    return rehome(this.placement, this.search, displaced).map((slot) => {
      const { type, ...demand } = demands.at(slot);
      this.drop(slot);
      return { ...demand, skills: skillSets.skills[type] ?? [] };
    });
  }

  freeAt(cell: number, skills: readonly string[]): number {
    const { groups, eligibility, skillSets } = this.placement;
    let free = 0;
    for (const group of eligibility.of(skillSets.typeOf(skills), cell)) free += groups.freeAt(group, cell);
    return free;
  }

  forgetBefore(cell: number): void {
    if (cell <= this.rows.horizon) return;
    for (const slot of this.rows.advance(cell)) this.drop(slot);
  }

  /** @throws RangeError if the demand's cells are no whole numbers or there is none */
  private wishOf({ skills, firstCell, cells }: Demand): Wish {
    if (!Number.isInteger(firstCell) || !Number.isInteger(cells) || cells < 1)
      throw new RangeError(`A demand needs whole cells, at least one: got ${cells} from ${firstCell}`);
    return {
      type: this.placement.skillSets.typeOf(skills),
      start: Math.max(firstCell, this.rows.horizon),
      end: firstCell + cells,
    };
  }

  /** Forgets a demand that has been taken out. */
  private drop(slot: number): void {
    const { start, end } = this.placement.wishOf(slot);
    this.search.saturation.freeing(start, end);
    this.placement.demands.remove(slot);
  }
}

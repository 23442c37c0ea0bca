import { CellFlow } from './cell-flow.js';
import { findChain } from './chains.js';
import { none } from './memory.js';
import { type Placement, type Plan, type Wish } from './placement.js';
import { rearrange } from './rearrange.js';
import { Saturation } from './saturation.js';

/** Finds how a wish fits, cheapest way first. It changes nothing. */
export class Search {
  readonly flow: CellFlow;
  readonly saturation: Saturation;

  constructor(private readonly placement: Placement) {
    this.flow = new CellFlow(placement);
    this.saturation = new Saturation(this.flow);
  }

  /** A plan that overbooks nothing; undefined if there is none, or (rarely, for demands of several cells) none was found. */
  plan(wish: Wish): Plan | undefined {
    const { type, start, end } = wish;
    if (start >= end || this.saturation.knownFull(type, start, end) !== undefined) return undefined;
    const direct = this.placement.directGroup(wish);
    if (direct !== none) return { group: direct, moves: [] };
    return this.shift(wish);
  }

  private shift(wish: Wish): Plan | undefined {
    const { type, start, end } = wish;
    if (this.saturation.findFull(type, start, end) !== undefined) return undefined;
    return this.shiftOneCell(wish) ?? findChain(this.placement, wish) ?? rearrange(this.placement, wish);
  }

  /** For one cell the flow's own path is the plan, unless it would move somebody who is there for longer. */
  private shiftOneCell({ type, start, end }: Wish): Plan | undefined {
    if (end - start > 1) return undefined;
    const plan = this.flow.path(type, start);
    const short = plan?.moves.every(({ slot }) => {
      const moved = this.placement.wishOf(slot);
      return moved.end - moved.start === 1;
    });
    return short ? plan : undefined;
  }
}

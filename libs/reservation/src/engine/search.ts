import { CellFlow } from './cell-flow.js';
import { Chains } from './chains.js';
import { none } from './memory.js';
import { type Placement, type Plan, type Wish } from './placement.js';
import { rearrange } from './rearrange.js';
import { Saturation } from './saturation.js';

/** Kinds of demand that a search for a chain goes on from at most. */
const kindsAtMost = 256;

/** From so many it goes on before a proof that nothing can be found is looked for: measured, more or less costs more. */
const kindsNear = 4;

/** Up to so many kinds in the way, every rearrangement is tried. */
const fewKinds = 64;

/** Finds how a wish fits, cheapest way first. It changes nothing. */
export class Search {
  readonly flow: CellFlow;
  readonly saturation: Saturation;
  private readonly chains: Chains;

  constructor(private readonly placement: Placement) {
    this.flow = new CellFlow(placement);
    this.saturation = new Saturation(this.flow);
    this.chains = new Chains(placement);
  }

  /** A plan that overbooks nothing; undefined if there is none, or (rarely, for demands of several cells) none was found. */
  plan(wish: Wish): Plan | undefined {
    const { type, start, end } = wish;
    if (start >= end || this.saturation.isKnownFull(type, start, end)) return undefined;
    const direct = this.placement.eligibility.withRoom(type, start, end);
    if (direct !== none) return { group: direct, moves: [] };
    return this.shift(wish);
  }

  /** True if some cell of the wish is full for it, whatever is shifted. */
  isProvenFull({ type, start, end }: Wish): boolean {
    return (
      start >= end ||
      this.saturation.isKnownFull(type, start, end) ||
      this.saturation.findFull(type, start, end)
    );
  }

  /** A step or two mostly do; else a proof that nothing can is mostly there; the rest is worth a longer search. */
  private shift(wish: Wish): Plan | undefined {
    const short = this.chains.oneStep(wish) ?? this.chains.furtherSteps(wish, kindsNear);
    if (short) return short;
    if (this.saturation.findFull(wish.type, wish.start, wish.end)) return undefined;
    const long = this.shiftOneCell(wish) ?? this.chains.furtherSteps(wish, kindsAtMost);
    if (long || this.chains.kindsMet > fewKinds) return long;
    return rearrange(this.placement, wish);
  }

  /** For one cell the flow's own path is the plan, unless it would move somebody who is there for longer. */
  private shiftOneCell({ type, start, end }: Wish): Plan | undefined {
    if (end - start > 1) return undefined;
    const plan = this.flow.path(type, start);
    const { demands } = this.placement;
    const short = plan?.moves.every(({ slot }) => demands.end(slot) - demands.start(slot) === 1);
    return short ? plan : undefined;
  }
}

import { at, none } from './memory.js';
import { type Move, type Placement, type Plan, type Wish } from './placement.js';

/** Moves tried before the search gives up: a bound on time for large pools, seldom met by small ones. */
const triesAtMost = 10_000;

/** Moves in one plan, round by round: what needs few is found before the search goes deep. */
const rounds = [2, 4, 8, 1_000];

interface Laid {
  readonly wish: Wish;
  readonly group: number;
}

/**
 * Looks through every rearrangement that admits the wish until one fits or the limit is reached: lay the wish into a
 * group, take an overbooked cell, and let one of those who fill it leave for good, to every place it may have. A demand
 * moves at most once, straight to where it is in the end, so nothing is missed but what the limit cuts off.
 */
export function rearrange(placement: Placement, wish: Wish): Plan | undefined {
  const search = new Rearrangement(placement);
  for (const movesAtMost of rounds) {
    for (const group of placement.eligibility.of(wish.type, wish.start)) {
      if (!placement.groups.spans(group, wish.start, wish.end)) continue;
      placement.countWish(wish, group, 1);
      const moves = search.settle([{ wish, group }], movesAtMost);
      placement.countWish(wish, group, -1);
      if (moves) return { group, moves };
    }
    if (search.exhausted) return undefined;
  }
  return undefined;
}

class Rearrangement {
  private tries = 0;
  private cut = false;
  /** Demands that have moved, or are to stay, on this branch. */
  private readonly settled = new Set<number>();
  private readonly moves: Move[] = [];

  constructor(private readonly placement: Placement) {}

  /** True if nothing is left to look at: all was seen, or the limit is reached. */
  get exhausted(): boolean {
    const exhausted = !this.cut || this.tries >= triesAtMost;
    this.cut = false;
    return exhausted;
  }

  /** Moves after which nothing is overbooked. The counts are as before when it returns. */
  settle(laid: readonly Laid[], movesAtMost: number): Move[] | undefined {
    for (const { wish, group } of laid) {
      const cell = this.placement.overbookedCell(wish, group);
      if (cell !== none) return this.relieve(group, cell, laid, movesAtMost);
    }
    return [...this.moves];
  }

  /** One of those in the cell has to leave. Who was tried in vain stays from then on, and so do all like it. */
  private relieve(
    group: number,
    cell: number,
    laid: readonly Laid[],
    movesAtMost: number,
  ): Move[] | undefined {
    if (this.moves.length >= movesAtMost) {
      this.cut = true;
      return undefined;
    }
    const stayed: number[] = [];
    let found: Move[] | undefined;
    for (const slot of this.placement.covering(group, cell)) {
      if (found || this.tries >= triesAtMost) break;
      if (this.settled.has(slot)) continue;
      const likeAnother = stayed.some((other) => this.placement.demands.alike(slot, other));
      this.settled.add(slot);
      stayed.push(slot);
      if (!likeAnother) found = this.leave(slot, laid, movesAtMost);
    }
    for (const slot of stayed) this.settled.delete(slot);
    return found;
  }

  private leave(slot: number, laid: readonly Laid[], movesAtMost: number): Move[] | undefined {
    const { placement } = this;
    const wish = placement.wishOf(slot);
    const home = at(placement.demands.group, slot);
    for (const group of placement.eligibility.of(wish.type, wish.start)) {
      if (group === home || !placement.groups.spans(group, wish.start, wish.end)) continue;
      if ((this.tries += 1) > triesAtMost) return undefined;
      placement.countWish(wish, home, -1);
      placement.countWish(wish, group, 1);
      this.moves.push({ slot, group });
      const found = this.settle([...laid, { wish, group }], movesAtMost);
      this.moves.pop();
      placement.countWish(wish, group, -1);
      placement.countWish(wish, home, 1);
      if (found) return found;
    }
    return undefined;
  }
}

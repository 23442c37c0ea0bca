import { none } from './memory.js';
import { type Move, type Placement, type Plan, type Wish } from './placement.js';

/** Moves tried before the search gives up: a bound on time for large pools, seldom met by small ones. */
const triesAtMost = 1_000;

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
      placement.count(wish.start, wish.end, group, 1);
      const moves = search.settle([{ wish, group }], movesAtMost);
      placement.count(wish.start, wish.end, group, -1);
      if (moves) return { group, moves };
    }
    if (search.exhausted) return undefined;
  }
  return undefined;
}

class Rearrangement {
  private tries = 0;
  private cut = false;
  /** Heads of bunches from which nobody leaves (any more) on this branch. */
  private readonly staying = new Set<number>();
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

  /** Somebody has to leave the cell. A bunch that was tried in vain stays from then on. */
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
    for (const head of this.placement.covering(group, cell)) {
      if (found || this.tries >= triesAtMost) break;
      const slot = this.staying.has(head) ? undefined : this.firstLeft(head);
      if (slot === undefined) continue;
      found = this.leave(slot, laid, movesAtMost);
      this.staying.add(head);
      stayed.push(head);
    }
    for (const head of stayed) this.staying.delete(head);
    return found;
  }

  /** The first of the bunch that has not moved on this branch. */
  private firstLeft(head: number): number | undefined {
    return this.placement.bunch(head).find((slot) => !this.moves.some((move) => move.slot === slot));
  }

  private leave(slot: number, laid: readonly Laid[], movesAtMost: number): Move[] | undefined {
    const { placement } = this;
    const wish = placement.wishOf(slot);
    const home = placement.demands.group(slot);
    for (const group of placement.eligibility.of(wish.type, wish.start)) {
      if (group === home || !placement.groups.spans(group, wish.start, wish.end)) continue;
      if ((this.tries += 1) > triesAtMost) return undefined;
      placement.count(wish.start, wish.end, home, -1);
      placement.count(wish.start, wish.end, group, 1);
      this.moves.push({ slot, group });
      const found = this.settle([...laid, { wish, group }], movesAtMost);
      this.moves.pop();
      placement.count(wish.start, wish.end, group, -1);
      placement.count(wish.start, wish.end, home, 1);
      if (found) return found;
    }
    return undefined;
  }
}

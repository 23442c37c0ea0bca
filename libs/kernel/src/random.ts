/** Randomness as an input: the same seed gives the same numbers, always and everywhere. */
export interface Random {
  /** A number in `[0, 1)`. */
  next(): number;
  /** A whole number in `[0, limit)`. */
  below(limit: number): number;
  /** A whole number in `[least, most]`. */
  between(least: number, most: number): number;
  /** One of the items, of which there must be at least one. */
  pick<Item>(items: readonly Item[]): Item;
}

/** Random numbers by mulberry32 (T. Ettinger, 2017): good enough for simulation and tests, not for secrets. */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    next,
    below,
    between: (least, most) => least + below(most - least + 1),
    pick: <Item>(items: readonly Item[]): Item => items[below(items.length)] as Item,
  };
}

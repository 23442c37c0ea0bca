/** Numbers that look random and are the same for the same seed (mulberry32). */
export interface Random {
  /** A whole number in `[0, below)`. */
  below(limit: number): number;
  /** A whole number in `[least, most]`. */
  between(least: number, most: number): number;
  pick<Item>(items: readonly Item[]): Item;
}

export function seeded(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    below,
    between: (least, most) => least + below(most - least + 1),
    pick: <Item>(items: readonly Item[]): Item => items[below(items.length)] as Item,
  };
}

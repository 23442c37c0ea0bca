interface Entry<Item> {
  readonly item: Item;
  readonly key: number;
  readonly order: number;
}

const before = (one: Entry<unknown>, other: Entry<unknown>): boolean =>
  one.key === other.key ? one.order < other.order : one.key < other.key;

/** Items by key, the smallest first; of equal keys the one that was added first. */
export class Heap<Item> {
  private readonly entries: Entry<Item>[] = [];
  private added = 0;

  get first(): { readonly item: Item; readonly key: number } | undefined {
    return this.entries[0];
  }

  add(key: number, item: Item): void {
    const { entries } = this;
    const entry = { item, key, order: this.added++ };
    let place = entries.length;
    for (let above = entries[(place - 1) >> 1]; place > 0 && above && before(entry, above);) {
      entries[place] = above;
      place = (place - 1) >> 1;
      above = entries[(place - 1) >> 1];
    }
    entries[place] = entry;
  }

  take(): Item | undefined {
    const { entries } = this;
    const [top] = entries;
    const last = entries.pop();
    if (!top || !last || entries.length === 0) return top?.item;
    let place = 0;
    for (;;) {
      const [left, right] = [entries[2 * place + 1], entries[2 * place + 2]];
      const child = left && right && before(right, left) ? right : left;
      if (!child || before(last, child)) break;
      entries[place] = child;
      place = 2 * place + (child === left ? 1 : 2);
    }
    entries[place] = last;
    return top.item;
  }
}

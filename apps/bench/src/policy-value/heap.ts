import TinyQueue from 'tinyqueue';

interface Entry<Item> {
  readonly item: Item;
  readonly key: number;
  readonly order: number;
}

/** Items by key, the smallest first; of equal keys the one that was added first. */
export class Heap<Item> {
  private readonly entries = new TinyQueue<Entry<Item>>(
    [],
    (one, other) => one.key - other.key || one.order - other.order,
  );
  private added = 0;

  get first(): { readonly item: Item; readonly key: number } | undefined {
    return this.entries.peek();
  }

  add(key: number, item: Item): void {
    this.entries.push({ item, key, order: this.added++ });
  }

  take(): Item | undefined {
    return this.entries.pop()?.item;
  }
}

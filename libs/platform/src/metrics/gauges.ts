import { Gauge, type Registry } from 'prom-client';

/** One figure of something that is asked when metrics are read: its name, what it means, how it is read. */
export type Figure<Item> = readonly [name: string, help: string, read: (item: Item) => number];

/** Shows figures of items that come and go (services, projections, consumers); several under one label add up. */
export function showGauges<Item, Label extends string>(
  registry: Registry,
  prefix: string,
  labelNames: readonly Label[],
  items: () => Iterable<{ readonly labels: Record<Label, string>; readonly item: Item }>,
  figures: readonly Figure<Item>[],
): void {
  for (const [name, help, read] of figures)
    new Gauge({
      name: `${prefix}_${name}`,
      help,
      labelNames: [...labelNames],
      registers: [registry],
      collect() {
        this.reset();
        for (const { labels, item } of items()) this.inc(labels, read(item));
      },
    });
}

import { Counter, Gauge, type Registry } from 'prom-client';

/**
 * One figure of something that is asked when metrics are read: its name, what it means, how it is read.
 * A name that ends in `_total` only grows while the process runs (a Prometheus counter); others go up and down.
 */
export type Figure<Item> = readonly [name: string, help: string, read: (item: Item) => number];

/** Shows figures of items that come and go (services, projections, consumers); several under one label add up. */
export function showFigures<Item, Label extends string>(
  registry: Registry,
  prefix: string,
  labelNames: readonly Label[],
  items: () => Iterable<{ readonly labels: Record<Label, string>; readonly item: Item }>,
  figures: readonly Figure<Item>[],
): void {
  for (const [name, help, read] of figures) {
    const collect = (metric: Counter<Label> | Gauge<Label>): void => {
      metric.reset();
      for (const { labels, item } of items()) metric.inc(labels, read(item));
    };
    const about = { name: `${prefix}_${name}`, help, labelNames: [...labelNames], registers: [registry] };
    if (name.endsWith('_total'))
      new Counter({
        ...about,
        collect: function () {
          collect(this);
        },
      });
    else
      new Gauge({
        ...about,
        collect: function () {
          collect(this);
        },
      });
  }
}

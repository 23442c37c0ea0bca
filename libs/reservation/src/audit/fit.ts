import { Network } from './max-flow.js';
import { type Promised } from './report.js';

export interface Places {
  readonly skills: ReadonlySet<string>;
  readonly places: number;
}

/**
 * How many of the promises for one cell can be served at once. By Hall's theorem it is all of them exactly if no set of
 * skills is promised more often than there are agents with any of its skills.
 */
export function servable(promises: readonly Promised[], groups: readonly Places[]): number {
  const kinds = new Map<string, { readonly skills: readonly string[]; count: number }>();
  for (const { skills } of promises) {
    const key = JSON.stringify([...skills].sort());
    const kind = kinds.get(key) ?? { skills, count: 0 };
    kind.count += 1;
    kinds.set(key, kind);
  }
  const [source, sink, firstKind] = [0, 1, 2 + groups.length];
  const network = new Network(firstKind + kinds.size);
  for (const [index, { places }] of groups.entries()) network.connect(2 + index, sink, places);
  for (const [index, { skills, count }] of [...kinds.values()].entries()) {
    network.connect(source, firstKind + index, count);
    for (const [group, has] of groups.entries())
      if (skills.every((skill) => has.skills.has(skill)))
        network.connect(firstKind + index, 2 + group, count);
  }
  return network.maxFlow(source, sink);
}

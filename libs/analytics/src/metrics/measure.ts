import {
  type BrokenDown,
  type Breakdown,
  type Figure,
  type Measured,
  type MetricsReport,
} from '@handover/contracts';
import { hourMs, toIso } from '@handover/kernel';
import { type Facts, type Window } from './facts.js';
import { metricDefinitions, type Case, type MetricDefinition } from './definitions.js';

function figure(cases: readonly Case[]): Figure {
  const numerator = cases.reduce((sum, { part }) => sum + part, 0);
  const denominator = cases.reduce((sum, { of }) => sum + of, 0);
  return { value: denominator === 0 ? null : numerator / denominator, numerator, denominator };
}

function breakDown(cases: readonly Case[], by: Breakdown): BrokenDown[] {
  const groups = new Map<string, Case[]>();
  for (const one of cases) {
    const key = one.by[by] ?? 'n/a';
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  return [...groups]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([key, group]) => ({ key, ...figure(group) }));
}

function measureOne(metric: MetricDefinition, facts: Facts, window: Window, by?: Breakdown): Measured {
  const cases = metric.cases(facts, window);
  const { name, version, unit, definition, numerator, denominator } = metric;
  const meanings = { numeratorMeaning: numerator, denominatorMeaning: denominator };
  return {
    name,
    version,
    unit,
    definition,
    ...meanings,
    ...figure(cases),
    ...(by && { breakdown: breakDown(cases, by) }),
  };
}

/** Every metric for a window, each with its definition, numerator and denominator. */
export function measure(facts: Facts, window: Window, by?: Breakdown): MetricsReport {
  const { from, to, repeatWithinMs, now } = window;
  return {
    window: { from: toIso(from), to: toIso(to), repeatHours: repeatWithinMs / hourMs },
    asOf: toIso(now),
    ...(by && { by }),
    metrics: metricDefinitions.map((metric) => measureOne(metric, facts, window, by)),
  };
}

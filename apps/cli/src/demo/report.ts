import { cpus } from 'node:os';
import { hourMs, percentile, toIso, type Instant } from '@handover/kernel';

import { type Stage } from './stage.js';

export interface Measured {
  readonly name: string;
  readonly value: number | null;
  readonly numerator: number;
  readonly denominator: number;
  readonly denominatorMeaning: string;
  readonly unit: string;
  readonly version: number;
}

const shown = ({ value, unit }: Measured): string => {
  if (value === null) return '–';
  return unit === 'share' ? `${(100 * value).toFixed(1)} %` : value.toFixed(2);
};

/** A metric in one line, with what it was counted on: `86.4 %   19 of 22 …`, `4.25   34 in 8 …`. */
export function line(metric: Measured): string {
  const { name, unit, numerator, denominator, denominatorMeaning } = metric;
  const counted = `${numerator} ${unit === 'share' ? 'of' : 'in'} ${denominator} ${denominatorMeaning}`;
  return `  ${name.padEnd(28)}${shown(metric).padStart(8)}   ${counted}`;
}

/** The metrics of the demo's window, as analytics tells them. */
export async function metricsOf(
  { api, clock }: Stage,
  from: Instant,
): Promise<ReadonlyMap<string, Measured>> {
  const to = toIso(clock.now() + hourMs);
  const { metrics } = await api.must<{ metrics: Measured[] }>(
    'GET',
    `/v1/metrics?from=${toIso(from)}&to=${to}`,
  );
  return new Map(metrics.map((metric) => [metric.name, metric]));
}

/** What happened, in one screen: what the actors counted, what analytics measured, how fast offers came. */
export async function report(stage: Stage, from: Instant): Promise<string> {
  const { tally, clock } = stage;
  const metrics = await metricsOf(stage, from);
  const latencies = tally.offerLatenciesMs;
  const ms = (share: number): string => `${percentile(latencies, share).toFixed(0)} ms`;
  return [
    '',
    `Handover demo: ${toIso(from)} to ${toIso(clock.now())} (domain time)`,
    `on ${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, Node ${process.version}`,
    '',
    'What the actors did',
    ...[...tally.counts]
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([what, count]) => `  ${what.padEnd(38)}${count}`),
    '',
    'What analytics measured',
    ...[...metrics.values()].map(line),
    '',
    `From a request to its offers: p50 ${ms(0.5)}, p95 ${ms(0.95)}, p99 ${ms(0.99)} (n = ${latencies.length}, wall time)`,
    ...tally.faults.map((fault) => `  fault: ${fault}`),
  ].join('\n');
}

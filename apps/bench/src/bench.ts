import { cpus } from 'node:os';

/** One line of a bench's figures. */
export type Figures = Readonly<Record<string, string | number | boolean>>;

/** A measurement that `npm run bench -- <name>` runs; listed in benches.ts. */
export interface Bench {
  /** What is measured, against what. */
  readonly title: string;
  /** Its options, all numbers, with their defaults: `--events 1000000`. */
  readonly options: Readonly<Record<string, number>>;
  run(options: Readonly<Record<string, number>>): Promise<readonly Figures[]>;
}

/** The machine that figures belong to: without it they mean nothing. */
export const machine = (): { readonly cpu: string; readonly cores: number; readonly node: string } => ({
  cpu: cpus()[0]?.model.trim() ?? 'unknown',
  cores: cpus().length,
  node: process.version,
});

/** Median: one slow round, when the machine was busy, does not move it. */
export function median(sample: readonly number[]): number {
  const sorted = [...sample].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** What `work` returns, and the seconds it took. */
export async function timed<Result>(
  work: () => Promise<Result> | Result,
): Promise<{ seconds: number; result: Result }> {
  const began = performance.now();
  const result = await work();
  return { seconds: (performance.now() - began) / 1_000, result };
}

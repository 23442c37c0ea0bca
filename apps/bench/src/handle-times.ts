import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { learnHandleTime } from '@handover/capacity';
import { type Figures } from './bench.js';

const file = resolve(import.meta.dirname, '../../cli/data/anonymous-bank-1999-02-02-morning.tsv');

/** Served calls in seconds by kind of service, in order of time. Source: apps/cli/data/README.md. */
function servedSeconds(): Map<string, number[]> {
  const [header = '', ...lines] = readFileSync(file, 'utf8').trim().split('\n');
  const names = header.split('\t');
  const calls = lines.map((line) => {
    const fields = line.split('\t');
    const field = (name: string): string => fields[names.indexOf(name)] ?? '';
    return { type: field('type'), outcome: field('outcome'), seconds: Number(field('ser_time')) };
  });
  const served = calls.filter(({ outcome, seconds }) => outcome === 'AGENT' && seconds > 0);
  return new Map(
    [...Map.groupBy(served, ({ type }) => type)].map(([type, of]) => [
      type,
      of.map(({ seconds }) => seconds),
    ]),
  );
}

const mean = (values: readonly number[]): number =>
  Math.round(values.reduce((sum, value) => sum + value, 0) / values.length);

function variation(values: readonly number[]): number {
  const average = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - average) ** 2, 0) / values.length;
  return Number((Math.sqrt(variance) / average).toFixed(2));
}

/** Every thirtieth call was never closed, until a supervisor did it two hours later. */
const withForgotten = (seconds: readonly number[]): number[] =>
  seconds.map((value, index) => (index % 30 === 0 ? 7_200 : value));

/** Learned handle times of real calls beside their plain mean: as they were, and with dispositions forgotten. */
export async function benchHandleTimes({ least = 50 }): Promise<readonly Figures[]> {
  return [...servedSeconds()]
    .filter(([, seconds]) => seconds.length >= least)
    .map(([type, seconds]) => {
      const learned = learnHandleTime(type.toLowerCase(), seconds, 360);
      const dirty = withForgotten(seconds);
      return {
        type,
        calls: seconds.length,
        mean: mean(seconds),
        variation: variation(seconds),
        learnedMean: learned.meanSeconds,
        learnedVariation: learned.variation,
        forgottenMean: mean(dirty),
        forgottenLearnedMean: learnHandleTime(type.toLowerCase(), dirty, 360).meanSeconds,
      };
    });
}

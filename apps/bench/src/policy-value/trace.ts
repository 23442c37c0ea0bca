import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { hourMs, minuteMs, secondMs } from '@handover/kernel';

/** A call of the bank's week. */
export interface TracedCall {
  /** `yymmdd`. */
  readonly date: string;
  /** Since midnight, local time. */
  readonly atMs: number;
  readonly waitSeconds: number;
  readonly hungUp: boolean;
  /** 0 if nobody served it. */
  readonly serviceSeconds: number;
}

const file = resolve(import.meta.dirname, '../../data/anonymous-bank-1999-02-07-week.tsv');

function sinceMidnightMs(time: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = time.split(':').map(Number);
  return hours * hourMs + minutes * minuteMs + seconds * secondMs;
}

/** The week's calls that wanted an agent, as published. Source: apps/bench/data/README.md. */
export function bankWeek(): readonly TracedCall[] {
  const [, ...lines] = readFileSync(file, 'utf8').trim().split('\n');
  return lines
    .map((line) => line.split('\t'))
    .filter(([, , , outcome]) => outcome !== 'PHANTOM')
    .map(([date = '', at = '', wait, outcome, service]) => ({
      date,
      atMs: sinceMidnightMs(at),
      waitSeconds: Number(wait),
      hungUp: outcome === 'HANG',
      serviceSeconds: Number(service),
    }));
}

/**
 * How long callers stay on the line, in seconds, as a function of a number in [0, 1): Kaplan and Meier's estimate, since of
 * those who were served it is only known that they stayed so long. The most patient are as patient as the last who hung up.
 */
export function patienceOf(calls: readonly TracedCall[]): (share: number) => number {
  const waited = calls
    .filter(({ waitSeconds }) => waitSeconds > 0)
    .sort((a, b) => a.waitSeconds - b.waitSeconds);
  let staying = 1;
  const steps = waited.flatMap(({ waitSeconds, hungUp }, index) => {
    if (!hungUp) return [];
    staying *= 1 - 1 / (waited.length - index);
    return [{ seconds: waitSeconds, left: 1 - staying }];
  });
  const longest = steps.at(-1)?.seconds ?? Infinity;
  return (share) => steps.find(({ left }) => left > share)?.seconds ?? longest;
}

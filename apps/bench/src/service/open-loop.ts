import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';

/** Begins so much work a second, evenly, whether or not what was begun is done: a slow answer delays nobody else. */
export async function openLoop<Result>(
  rate: number,
  seconds: number,
  work: (index: number) => Promise<Result>,
): Promise<Result[]> {
  const begun: Promise<Result>[] = [];
  const from = performance.now();
  for (let index = 0; index < rate * seconds; index += 1) {
    const dueMs = (index * 1_000) / rate - (performance.now() - from);
    if (dueMs > 0) await pause(dueMs);
    begun.push(work(index));
  }
  return Promise.all(begun);
}

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type BusMessage, type ReceivedMessage } from '../port.js';

// Compiled by `tsc -b`, which `npm test` runs first.
const program = join(import.meta.dirname, '../../../dist/bus/testing/consumer-process.js');

/** What any number of members handled, in the order in which they finished. Values count up from 0 within a key. */
export class Journal {
  private readonly byKey = new Map<string, number[]>();
  entries = 0;

  readonly note = ({ key, value }: Pick<ReceivedMessage, 'key' | 'value'>): void => {
    this.entries += 1;
    const numbers = this.byKey.get(key) ?? [];
    numbers.push(Number(String(value)));
    this.byKey.set(key, numbers);
  };

  /** Different messages handled so far. */
  get different(): number {
    return [...this.byKey.values()].reduce((sum, numbers) => sum + new Set(numbers).size, 0);
  }

  /** Per key: the messages in the order in which they first took effect. Repeats are allowed, they are dropped here. */
  effects(): Record<string, number[]> {
    return Object.fromEntries([...this.byKey].map(([key, numbers]) => [key, [...new Set(numbers)]]));
  }
}

/** `count` messages of each key, numbered, in turns. */
export function numbered(topic: string, keys: readonly string[], count: number): BusMessage[] {
  return Array.from({ length: count }, (_, number) =>
    keys.map((key) => ({ topic, key, value: Buffer.from(String(number)), headers: {} })),
  ).flat();
}

/** What `effects` must be after all of them. */
export const allOf = (keys: readonly string[], count: number): Record<string, number[]> =>
  Object.fromEntries(keys.map((key) => [key, Array.from({ length: count }, (_, number) => number)]));

/** A member in a process of its own. */
export interface MemberProcess {
  /** Resolves when it has its partitions. */
  readonly ready: Promise<void>;
  /** kill -9; resolves when it is dead and its last words are in the journal. */
  kill(): Promise<void>;
}

export function startMember(
  journal: Journal,
  args: { url: string; dataDirectory?: string; topic: string; group: string; eachMs?: number },
): MemberProcess {
  const { url, dataDirectory = '.', topic, group, eachMs = 0 } = args;
  const child: ChildProcess = spawn('node', [program, url, dataDirectory, topic, group, String(eachMs)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const { promise: ready, resolve } = Promise.withResolvers<void>();
  const closed = once(child, 'close');
  if (child.stdout)
    createInterface(child.stdout).on('line', (line) => {
      const [key = '', number = ''] = line.split(' ');
      if (line === 'ready') resolve();
      else journal.note({ key, value: Buffer.from(number) });
    });
  return {
    ready,
    kill: async () => {
      child.kill('SIGKILL');
      await closed;
    },
  };
}

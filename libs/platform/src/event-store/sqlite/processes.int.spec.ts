import { VirtualClock } from '@handover/kernel';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type EventStore, type StoredEvent } from '../port.js';
import { all, until } from '../testing/until.js';
import { sqliteEventStore } from './store.js';

// Compiled by `tsc -b`, which `npm test` runs first.
const program = join(import.meta.dirname, '../../../dist/event-store/testing/writer-process.js');

describe('SQLite event store: several processes on one file', () => {
  let folder: string;
  let file: string;
  let store: EventStore;
  const writers: ChildProcess[] = [];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'handover-processes-'));
    file = join(folder, 'handover.db');
    store = sqliteEventStore({ file, clock: new VirtualClock(0) });
  });
  afterEach(async () => {
    for (const writer of writers.splice(0)) writer.kill('SIGKILL');
    await store.close();
    await rm(folder, { recursive: true });
  });

  /** Starts a writer; `acknowledged` grows with the numbers that it reports as stored. */
  function startWriter(name: string, count: number) {
    const process = spawn('node', [program, `sqlite:${file}`, name, String(count)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    writers.push(process);
    const acknowledged: number[] = [];
    createInterface(process.stdout).on('line', (line) => acknowledged.push(Number(line)));
    return { acknowledged, ended: once(process, 'close'), kill: () => process.kill('SIGKILL') };
  }

  const numbersBy = (events: readonly StoredEvent[], writer: string): number[] =>
    events.flatMap(({ data }) => {
      const event = data as { writer: string; number: number };
      return event.writer === writer ? [event.number] : [];
    });
  const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

  it('two append, a third follows: no gap, no repeat, one winner per revision', async () => {
    const received: StoredEvent[] = [];
    const subscription = store.subscribe({ onEvent: async (event) => void received.push(event) });
    const count = 200;
    const codes = await Promise.all(['a', 'b'].map((name) => startWriter(name, count).ended));
    expect(codes).toEqual([
      [0, null],
      [0, null],
    ]);
    await until(() => received.length >= 4 * count);
    await subscription.stop();

    expect(received).toEqual(await all(store.readAll()));
    const contended = received.filter(({ stream }) => stream === 'contended-1');
    expect(contended.map(({ revision }) => revision)).toEqual(upTo(2 * count));
    for (const name of ['a', 'b']) {
      expect(numbersBy(contended, name)).toEqual(upTo(count));
      expect(await all(store.readStream(`own-${name}`))).toHaveLength(count);
    }
  });

  it('kill -9 in mid-write loses nothing that was acknowledged, and the next process goes on', async () => {
    for (const least of [1, 20, 60]) {
      const writer = startWriter('a', 100_000);
      await until(() => writer.acknowledged.length >= least);
      writer.kill();
      await writer.ended;
      for (const stream of ['own-a', 'contended-1']) {
        const numbers = numbersBy(await all(store.readStream(stream)), 'a');
        expect(numbers).toEqual(upTo(numbers.length));
        expect(numbers.length).toBeGreaterThan(Math.max(...writer.acknowledged));
      }
    }
  });
});

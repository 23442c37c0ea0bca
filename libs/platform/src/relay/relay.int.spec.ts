import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { embeddedBus } from '../bus/embedded/embedded-bus.js';
import { systemClock } from '../clock/clocks.js';
import { sqliteEventStore } from '../event-store/sqlite/store.js';
import { all, until } from '../event-store/testing/until.js';
import { firstTime } from './testing/a-world.js';

const program = join(import.meta.dirname, '../../dist/relay/testing/relay-process.js');
const kills = 12;

/** Two relay processes: the one that leads, and its heir. */
class Relays {
  private readonly running = new Map<string, ChildProcess>();
  private started = 0;
  leader: string | undefined;

  constructor(private readonly args: readonly string[]) {}

  start(): void {
    const name = `relay-${++this.started}`;
    const child = spawn(process.execPath, [program, ...this.args, name], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    child.stdout.on('data', () => (this.leader = name));
    this.running.set(name, child);
  }

  async killLeader(): Promise<void> {
    await until(() => this.leader !== undefined);
    const name = this.leader ?? '';
    this.leader = undefined;
    await this.kill(name);
  }

  async killAll(): Promise<void> {
    for (const name of [...this.running.keys()]) await this.kill(name);
  }

  private async kill(name: string): Promise<void> {
    const child = this.running.get(name);
    if (!child) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
    this.running.delete(name);
  }
}

it(`of two relay processes the leader is killed with -9 ${kills} times: nothing lost, nothing reordered`, async () => {
  const directory = mkdtempSync(join(tmpdir(), 'relay-spec-'));
  const store = await sqliteEventStore({ file: join(directory, 'log.db'), clock: systemClock() });
  const bus = embeddedBus({ file: join(directory, 'bus.db') });
  await bus.applyTopics([{ name: 'orders', partitions: 1 }]);
  const published = async (): Promise<string[]> =>
    (await all(bus.browse('orders', { partition: 0 }))).map(({ headers }) => headers['ce_id'] ?? '');

  const appended: string[] = [];
  let appending = true;
  const appender = (async () => {
    for (let number = 0; appending; number += 1) {
      const id = `e${number}`;
      const metadata = { correlationId: 'c', causationId: 'x', schemaVersion: 1 };
      await store.append(`order-${number % 5}`, [{ id, type: 'Ordered', data: { number }, metadata }], 'any');
      appended.push(id);
    }
  })();

  const relays = new Relays([`sqlite:${join(directory, 'log.db')}`, join(directory, 'bus.db')]);
  relays.start();
  for (let kill = 0; kill < kills; kill += 1) {
    relays.start();
    const before = (await published()).length;
    await until(async () => (await published()).length > before + 20);
    await relays.killLeader();
  }
  appending = false;
  await appender;
  relays.start();
  await until(async () => new Set(await published()).size === appended.length);
  await relays.killAll();

  const arrived = await published();
  expect(firstTime(arrived)).toEqual(appended);
  await bus.close();
  await store.close();
  rmSync(directory, { recursive: true });
}, 120_000);

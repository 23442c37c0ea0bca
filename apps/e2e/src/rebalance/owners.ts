import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Logged, ofType, readLog } from '../chaos/log.js';
import { freePorts } from '../system/ports.js';
import { ServiceProcess } from '../system/process.js';
import { until } from '../system/until.js';
import { type DiaryLine, readDiary } from './diary.js';

const names = ['one', 'two'] as const;
export type Owner = (typeof names)[number];
const otherThan = (owner: Owner): Owner => (owner === 'one' ? 'two' : 'one');

const patienceMs = 90_000;

/** Two reservation processes of one consumer group, on one store. */
export class Owners {
  private readonly processes: Readonly<Record<Owner, ServiceProcess>>;

  private constructor(
    private readonly directory: string,
    bus: string,
    ports: readonly number[],
  ) {
    const processOf = (owner: Owner, port = 0): ServiceProcess =>
      new ServiceProcess(owner, 'apps/e2e/dist/rebalance/owner-process.js', port, {
        HANDOVER_STORE: `sqlite:${this.storeFile}`,
        HANDOVER_BUS: bus,
        HANDOVER_TOPICS: 'apply',
        HANDOVER_DATA: join(directory, owner),
        HANDOVER_INSTANCE: owner,
        OWNER_DIARY: this.diaryFile(owner),
      });
    this.processes = { one: processOf('one', ports[0]), two: processOf('two', ports[1]) };
  }

  static async start(bus: string): Promise<Owners> {
    const directory = mkdtempSync(join(tmpdir(), 'handover-owners-'));
    const owners = new Owners(directory, bus, await freePorts(2));
    for (const name of names) owners.processes[name].start();
    try {
      await Promise.all(names.map((name) => owners.processes[name].ready()));
    } catch (fault) {
      await owners.stop();
      throw fault;
    }
    return owners;
  }

  get storeFile(): string {
    return join(this.directory, 'handover.db');
  }

  log(): readonly Logged[] {
    return readLog(this.storeFile);
  }

  diary(owner?: Owner): readonly DiaryLine[] {
    return (owner ? [owner] : names).flatMap((name) => readDiary(this.diaryFile(name)));
  }

  /** Puts an owner to sleep between a decision and its append, until the other has taken that pool; then wakes it. */
  async makeZombie(owner: Owner): Promise<void> {
    const before = this.count(owner, 'asleep');
    this.processes[owner].signal('SIGUSR2');
    const asleep = await until(
      `${owner} falls asleep`,
      async () => this.lines(owner, 'asleep')[before],
      patienceMs,
    );
    await until(
      `${otherThan(owner)} takes ${asleep.stream}`,
      async () =>
        ofType(this.log(), 'BookOpened').some(
          ({ stream, data }) =>
            stream === asleep.stream && data.owner === otherThan(owner) && data.epoch > asleep.epoch,
        ),
      patienceMs,
    );
    const refused = this.count(owner, 'refused');
    this.processes[owner].signal('SIGCONT');
    await until(
      `${owner} wakes up and is refused`,
      async () => this.count(owner, 'refused') > refused,
      patienceMs,
    );
  }

  /** kill -9, until the other decides for everybody; then a new start, until it has pools of its own again. */
  async killAndJoin(owner: Owner, pools: readonly string[]): Promise<void> {
    await this.processes[owner].kill();
    await until(
      `${otherThan(owner)} has every pool`,
      async () => this.ownersOf(pools).size === 1,
      patienceMs,
    );
    this.processes[owner].start();
    await this.processes[owner].ready();
    await until(`${owner} has pools again`, async () => this.ownersOf(pools).size === 2, patienceMs);
  }

  async stop(): Promise<void> {
    for (const name of names) this.processes[name].signal('SIGCONT');
    await Promise.all(names.map((name) => this.processes[name].kill('SIGTERM')));
    rmSync(this.directory, { recursive: true, force: true });
  }

  /** Who opened each of the pools last. */
  private ownersOf(pools: readonly string[]): ReadonlySet<string> {
    const last = new Map(ofType(this.log(), 'BookOpened').map(({ data }) => [data.pool, data.owner]));
    return new Set(pools.map((pool) => last.get(pool) ?? 'nobody'));
  }

  private lines(owner: Owner, did: DiaryLine['did']): readonly DiaryLine[] {
    return this.diary(owner).filter((line) => line.did === did);
  }

  private count(owner: Owner, did: DiaryLine['did']): number {
    return this.lines(owner, did).length;
  }

  private diaryFile(owner: Owner): string {
    return join(this.directory, `${owner}.jsonl`);
  }
}

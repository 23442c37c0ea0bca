import { execFile, execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { chown, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { familyTookMs } from '../processor-time.js';

const run = promisify(execFile);
const packages = '/usr/lib/postgresql';

/** Programs of the newest Debian package; undefined if none is installed. */
export function findPostgres(): string | undefined {
  if (!existsSync(packages)) return undefined;
  const versions = readdirSync(packages).sort((a, b) => Number(b) - Number(a));
  return versions
    .map((version) => join(packages, version, 'bin'))
    .find((bin) => existsSync(join(bin, 'initdb')));
}

/** PostgreSQL refuses to run as root: there it becomes the package's own user. */
function whoRuns(): { readonly uid?: number; readonly gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const id = (flag: string): number => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: id('-u'), gid: id('-g') };
}

/**
 * A database of its own for one bench, with PostgreSQL's default durability (`fsync` and `synchronous_commit` on), on
 * the disk of `folder`, reachable by a socket in it only. Memory is set as a team would; nothing else is changed.
 */
export class Postgres {
  private constructor(
    private readonly bin: string,
    private readonly folder: string,
    private readonly who: ReturnType<typeof whoRuns>,
    private readonly server: ChildProcess,
  ) {}

  static async start(bin: string, parent: string): Promise<Postgres> {
    const who = whoRuns();
    const folder = await mkdtemp(join(parent, 'postgres-'));
    const data = join(folder, 'data');
    await mkdir(data);
    if (who.uid !== undefined && who.gid !== undefined)
      for (const path of [parent, folder, data]) await chown(path, who.uid, who.gid);
    await run(join(bin, 'initdb'), ['-D', data, '-U', 'bench', '-A', 'trust', '--no-instructions'], {
      ...who,
      cwd: folder,
    });
    const settings = [
      'listen_addresses=',
      `unix_socket_directories=${folder}`,
      'shared_buffers=512MB',
      'max_wal_size=4GB',
    ];
    const server = spawn(
      join(bin, 'postgres'),
      ['-D', data, ...settings.flatMap((setting) => ['-c', setting])],
      {
        ...who,
        cwd: folder,
        stdio: 'ignore',
      },
    );
    const postgres = new Postgres(bin, folder, who, server);
    await postgres.ready();
    return postgres;
  }

  /** Runs SQL; answers go nowhere. @throws with psql's message */
  async sql(text: string): Promise<void> {
    await this.client('psql', ['-q', '-v', 'ON_ERROR_STOP=1', '-c', text]);
  }

  /** Runs a pgbench script over and over; how often a second it was carried out. */
  async pgbench(script: string, clients: number, seconds: number): Promise<number> {
    const file = join(this.folder, 'script.sql');
    await writeFile(file, script);
    const args = ['-n', '-M', 'prepared', '-c', `${clients}`, '-j', '2', '-T', `${seconds}`, '-f', file];
    const { stdout } = await this.client('pgbench', args);
    const failed = Number(/failed transactions: (\d+)/.exec(stdout)?.[1] ?? 0);
    if (failed > 0) throw new Error(`${failed} transactions failed`);
    return Number(/tps = ([\d.]+)/.exec(stdout)?.[1]);
  }

  /** Processor time that the server's processes have taken so far, in ms; `pgbench` is none of them. */
  processorMs(): number {
    return familyTookMs(this.server.pid ?? 0);
  }

  async stop(): Promise<void> {
    this.server.kill('SIGINT');
    if (this.server.exitCode === null) await once(this.server, 'exit');
    await rm(this.folder, { recursive: true });
  }

  private async ready(): Promise<void> {
    for (;;) {
      if (this.server.exitCode !== null) throw new Error('PostgreSQL did not start');
      try {
        await this.client('psql', ['-q', '-c', 'select 1']);
        return;
      } catch {
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
    }
  }

  private client(
    program: 'psql' | 'pgbench',
    args: readonly string[],
  ): Promise<{ stdout: string; stderr: string }> {
    const to = ['-h', this.folder, '-U', 'bench'];
    const database = program === 'psql' ? ['-d', 'postgres'] : ['postgres'];
    return run(join(this.bin, program), [...to, ...args, ...database], { ...this.who, cwd: this.folder });
  }
}

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { until } from '@handover/platform/testing';

const entry = resolve(import.meta.dirname, '../../../standalone/dist/main.js');

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** The five services in a process of their own, with the sample centre, on a directory that goes with them. */
export class RunningStandalone {
  readonly directory = mkdtempSync(join(tmpdir(), 'handover-cli-'));
  private printed = '';

  private constructor(
    private readonly port: number,
    private child: ChildProcess | undefined,
  ) {}

  /** Resolves when it is ready. */
  static async start(): Promise<RunningStandalone> {
    const standalone = new RunningStandalone(await freePort(), undefined);
    await standalone.run();
    return standalone;
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** What a command needs to find it. */
  get environment(): Record<string, string> {
    return { HANDOVER_URLS: this.url, HANDOVER_DATA: this.directory };
  }

  async call<Body>(method: string, path: string, body?: object): Promise<Body> {
    const answer = await fetch(this.url + path, {
      method,
      ...(body && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as Body;
  }

  async stop(): Promise<void> {
    if (this.child?.exitCode === null) {
      const gone = once(this.child, 'exit');
      this.child.kill('SIGTERM');
      await gone;
    }
    rmSync(this.directory, { recursive: true, force: true });
  }

  private async run(): Promise<void> {
    const { environment, port } = this;
    const env = {
      PATH: process.env['PATH'],
      ...environment,
      HANDOVER_PORT: String(port),
      HANDOVER_LOG: 'error',
    };
    const child = spawn(process.execPath, [entry], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    const keep = (chunk: Buffer): void =>
      void (this.printed = (this.printed + chunk.toString()).slice(-8_000));
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    this.child = child;
    await until(async () => {
      if (child.exitCode !== null) throw new Error(`The standalone has ended:\n${this.printed}`);
      return fetch(`${this.url}/health/ready`).then(
        ({ ok }) => ok,
        () => false,
      );
    });
  }
}

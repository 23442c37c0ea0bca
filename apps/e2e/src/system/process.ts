import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { callHttp } from './api.js';
import { until } from './until.js';

const root = resolve(import.meta.dirname, '../../../..');

/** One process of the system under test, started as a user starts it. */
export class ServiceProcess {
  private child: ChildProcess | undefined;
  private output = '';

  constructor(
    /** Its `HANDOVER_INSTANCE`: the name it gives itself in leases. */
    readonly name: string,
    private readonly entry: string,
    private readonly port: number,
    private readonly env: Readonly<Record<string, string>>,
  ) {}

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** Of the process that runs now. */
  get pid(): number | undefined {
    return this.child?.pid;
  }

  /** What it printed last, for a failing test's message. */
  get tail(): string {
    return this.output.slice(-4_000);
  }

  start(): void {
    const child = spawn(process.execPath, [resolve(root, this.entry)], {
      env: {
        PATH: process.env['PATH'],
        HANDOVER_INSTANCE: this.name,
        HANDOVER_PORT: String(this.port),
        HANDOVER_LOG: 'warn',
        ...this.env,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const keep = (chunk: Buffer): void => {
      this.output = (this.output + chunk.toString()).slice(-20_000);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    this.child = child;
  }

  /** Resolves when `/health/ready` says so. */
  async ready(withinMs = 60_000): Promise<void> {
    try {
      await until(
        `${this.name} is ready`,
        async () => {
          if (this.child?.exitCode !== null) throw new Error(`it exited with ${this.child?.exitCode}`);
          return (await callHttp('GET', `${this.url}/health/ready`)).status === 200;
        },
        withinMs,
      );
    } catch (fault) {
      throw new Error(`${fault instanceof Error ? fault.message : String(fault)}\n${this.tail}`, {
        cause: fault,
      });
    }
  }

  /** True once it ended, by a signal or by itself. */
  get ended(): boolean {
    return !this.child || this.child.exitCode !== null || this.child.signalCode !== null;
  }

  /** Asks something of it: SIGCONT wakes one that sleeps. */
  signal(signal: NodeJS.Signals): void {
    this.child?.kill(signal);
  }

  /** Ends it at whatever instruction it is. */
  async kill(signal: 'SIGKILL' | 'SIGTERM' = 'SIGKILL'): Promise<void> {
    const child = this.child;
    if (!child || this.ended) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  }
}

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort, until } from '@handover/platform/testing';

const program = join(import.meta.dirname, '../dist/main.js');

/** The standalone as a user starts it. */
class Run {
  output = '';
  private readonly child: ChildProcess;
  readonly exit: Promise<number | null>;

  constructor(args: readonly string[], environment: NodeJS.ProcessEnv = {}) {
    this.child = spawn(process.execPath, [program, ...args], {
      env: { PATH: process.env['PATH'], ...environment },
    });
    for (const stream of [this.child.stdout, this.child.stderr])
      stream?.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
    this.exit = once(this.child, 'exit').then(([code]) => code as number | null);
  }

  kill(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** The URL that it prints; rejects if it ends before. */
  async url(): Promise<string> {
    const said = (): string | undefined => /listens at (\S+)/.exec(this.output)?.[1];
    await Promise.race([
      until(() => said() !== undefined),
      this.exit.then(() => Promise.reject(new Error(`It ended:\n${this.output}`))),
    ]);
    return said() ?? '';
  }
}

const aHandover = {
  conversationId: 'c-1',
  subjectId: 'customer-7',
  language: 'en',
  timeZone: 'Europe/Zurich',
  issue: { type: 'billing-dispute' },
  personal: { phoneNumber: '+41445551234' },
};

describe('npm start', () => {
  let data: string;
  beforeEach(() => {
    data = mkdtempSync(join(tmpdir(), 'standalone-spec-'));
  });
  afterEach(() => rmSync(data, { recursive: true, force: true }));

  it('prints where to look, answers there, and ends with 0 on SIGTERM', async () => {
    const run = new Run(['--port', '0', '--data', data]);
    const url = await run.url();
    expect(run.output).toContain('a sample centre was created');
    expect(run.output).toContain(`curl -s ${url}/v1/handovers`);
    expect((await fetch(`${url}/health/ready`)).status).toBe(200);
    run.kill('SIGTERM');
    expect(await run.exit).toBe(0);
  });

  it('offers times to the first caller as soon as it is ready', async () => {
    const port = await freePort();
    for (const attempt of [1, 2, 3]) {
      const run = new Run(['--port', String(port), '--data', join(data, String(attempt))]);
      const answers = (path: string, init?: RequestInit): Promise<Response | undefined> =>
        fetch(`http://127.0.0.1:${port}${path}`, init).catch(() => undefined);
      await until(async () => (await answers('/health/ready'))?.status === 200);
      const answer = await answers('/v1/handovers', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(aHandover),
      });
      expect(answer?.status).toBe(201);
      const { status, offers } = (await answer?.json()) as { status: string; offers: readonly unknown[] };
      expect(status).toBe('offered');
      // Three by day; fewer late in the evening, when the day has fewer times left.
      expect(offers.length).toBeGreaterThan(0);
      run.kill('SIGTERM');
      expect(await run.exit).toBe(0);
    }
  });

  it('creates the sample centre once, and finishes it if it was killed meanwhile', async () => {
    const killed = new Run(['--port', '0', '--data', data]);
    await until(() => existsSync(join(data, 'handover.db')));
    killed.kill('SIGKILL');
    await killed.exit;
    const second = new Run(['--port', '0', '--data', data]);
    const pools = (await (await fetch(`${await second.url()}/v1/pools/general`)).json()) as { pool?: string };
    expect(pools).toMatchObject({ pool: 'general' });
    second.kill('SIGTERM');
    await second.exit;
    const third = new Run(['--port', '0', '--data', data]);
    await third.url();
    expect(third.output).not.toContain('a sample centre was created');
    third.kill('SIGTERM');
    expect(await third.exit).toBe(0);
  });

  it.each([
    [{ HANDOVER_BUS: 'amqp://me:secret@broker' }, 'HANDOVER_BUS must be embedded:'],
    [{ HANDOVER_BUS: 'kafka://me:secret@broker?session-timeout=1' }, 'HANDOVER_BUS: A kafka:// URL has'],
    [{ HANDOVER_CLOCK: 'scaled:1,2,0' }, 'HANDOVER_CLOCK: The speed'],
    [{ HANDOVER_PROT: '3001' }, 'HANDOVER_PROT is not known: HANDOVER_PORT may be meant.'],
    [{ HANDOVER_DIALING_RING_SECOND: '9' }, 'HANDOVER_DIALING_RING_SECOND is not known'],
    [{ HANDOVER_TELEPHONY: 'simulator:?busy=2' }, 'HANDOVER_TELEPHONY busy must be from 0 to 1.'],
  ])('ends with 2 and one line that names the variable: %o', async (environment, told) => {
    const run = new Run(['--port', '0', '--data', data], environment);
    expect(await run.exit).toBe(2);
    expect(run.output.trim()).toMatch(/^handover: [^\n]+$/);
    expect(run.output).toContain(told);
    expect(run.output).not.toContain('secret');
  });

  it.each([
    [['--frob'], "unknown option '--frob'"],
    [['--speed', 'abc'], 'A number from 0.001 to 100000 is meant.'],
    [['--port', '99999'], 'A number from 0 to 65535 is meant.'],
  ])('ends with 2 at a wrong command line: %j', async (args, told) => {
    const run = new Run([...args, '--data', data]);
    expect(await run.exit).toBe(2);
    expect(run.output).toContain(told);
  });

  it('ends with 0 after --help', async () => {
    expect(await new Run(['--help']).exit).toBe(0);
  });

  it('ends with 1 and says in one line which file it cannot use', async () => {
    writeFileSync(join(data, 'handover.db'), 'this is no database, and long enough to be looked at');
    const run = new Run(['--port', '0', '--data', data]);
    expect(await run.exit).toBe(1);
    expect(run.output.trim()).toMatch(/^handover: Cannot open the event store .*handover\.db: .*$/);
  });

  it('ends with 1 when its port is taken', async () => {
    const first = new Run(['--port', '0', '--data', data]);
    const { port } = new URL(await first.url());
    const second = new Run(['--port', port, '--data', join(data, 'other')]);
    expect(await second.exit).toBe(1);
    expect(second.output).toContain(`127.0.0.1:${port} is in use`);
    first.kill('SIGTERM');
    await first.exit;
  });
});

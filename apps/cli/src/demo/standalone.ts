import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** The five services in a process of their own, on a data directory that goes with it. */
export interface OwnStandalone {
  readonly url: string;
  readonly directory: string;
  stop(): Promise<void>;
}

const entry = resolve(import.meta.dirname, '../../../standalone/dist/main.js');
const readyWithinMs = 60_000;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

/**
 * @param settings variables of its own
 * @throws Error with what it printed, if it is not ready within a minute
 */
export async function startStandalone(
  settings: Readonly<Record<string, string>> = {},
): Promise<OwnStandalone> {
  const directory = mkdtempSync(join(tmpdir(), 'handover-cli-'));
  const port = await freePort();
  const env = {
    ...process.env,
    HANDOVER_DATA: directory,
    HANDOVER_STORE: '',
    HANDOVER_BUS: 'embedded:',
    HANDOVER_PORT: String(port),
    HANDOVER_LOG: 'error',
    ...settings,
  };
  const child = spawn(process.execPath, [entry], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let printed = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      printed = (printed + chunk.toString()).slice(-8_000);
    });
  }
  const stop = async (): Promise<void> => {
    if (child.exitCode === null) {
      child.kill('SIGTERM');
      await once(child, 'exit');
    }
    rmSync(directory, { recursive: true, force: true });
  };
  const url = `http://127.0.0.1:${port}`;
  for (const deadline = Date.now() + readyWithinMs; Date.now() < deadline && child.exitCode === null;) {
    const ready = await fetch(`${url}/health/ready`).then(
      (answer) => answer.ok,
      () => false,
    );
    if (ready) return { url, directory, stop };
    await new Promise((resume) => setTimeout(resume, 100));
  }
  await stop();
  throw new Error(`The standalone did not become ready:\n${printed}`);
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { scaledTime, type ScaledTime } from './scaled-time.js';
import { freePorts } from './ports.js';
import { ServiceProcess } from './process.js';
import { callOver, type LocalSystem } from './system.js';

/** One process with one address. */
export interface Standalone extends LocalSystem {
  readonly url: string;
}

/** The five services in one process on the embedded defaults, as `npm start` runs them; `settings` are variables of its own. */
export async function startStandalone(
  speed: number,
  settings: Readonly<Record<string, string>> = {},
): Promise<Standalone> {
  const directory = mkdtempSync(join(tmpdir(), 'handover-standalone-'));
  const time: ScaledTime = scaledTime(speed);
  const [port = 0] = await freePorts(1);
  const process = new ServiceProcess('standalone', 'apps/standalone/dist/main.js', port, {
    HANDOVER_DATA: directory,
    HANDOVER_CLOCK: time.setting,
    HANDOVER_SAMPLE: 'off',
    HANDOVER_TELEPHONY: 'simulator:',
    ...settings,
  });
  process.start();
  await process.ready();
  const urlOf = (path: string): string => `${process.url}${path}`;
  return {
    name: 'standalone',
    url: process.url,
    speed,
    storeFile: join(directory, 'handover.db'),
    bus: 'embedded:',
    dataDirectory: directory,
    processes: [process],
    now: time.now,
    urlOf,
    call: callOver(urlOf),
    restart: async () => {
      await process.kill();
      process.start();
      await process.ready();
    },
    stop: async () => {
      await process.kill('SIGTERM');
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

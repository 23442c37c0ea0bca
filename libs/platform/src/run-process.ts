import { setTimeout as wait } from 'node:timers/promises';
import { type Logger } from 'pino';
import { ConfigError } from './config.js';
import { StoreUnavailable } from './event-store/faults.js';

/** What a process runs, and how it ends. */
export interface Running {
  readonly log: Logger;
  /** Longest time that `stop` may take. */
  readonly stopMs: number;
  stop(): Promise<void>;
}

/**
 * Runs a program until SIGTERM or SIGINT, then stops it gracefully; a second signal, or the deadline, ends it at once.
 * Exit codes: 0 stopped, 1 a fault that nobody handled or a stop that took too long, 2 a wrong configuration.
 */
export async function runProcess(name: string, start: () => Promise<Running>): Promise<void> {
  let running: Running | undefined;
  const fail = (fault: unknown): void => {
    if (running) running.log.fatal({ err: fault }, 'a fault that nobody handles; the process ends');
    else process.stderr.write(`${name}: ${told(fault)}\n`);
    process.exit(1);
  };
  process.once('uncaughtException', fail);
  process.once('unhandledRejection', fail);
  const signalled = new Promise<NodeJS.Signals>((resolve) => {
    process.once('SIGTERM', resolve);
    process.once('SIGINT', resolve);
  });
  try {
    running = await start();
  } catch (fault) {
    if (!(fault instanceof ConfigError)) return fail(fault);
    process.stderr.write(`${name}: ${fault.message}\n`);
    process.exit(2);
  }
  const signal = await signalled;
  running.log.info({ signal }, 'stopping');
  process.once(signal, () => process.exit(1));
  const stopped = await Promise.race([running.stop().then(() => true), wait(running.stopMs, false)]);
  if (!stopped)
    running.log.error({ stopMs: running.stopMs }, 'the stop took too long; the process ends anyway');
  process.exit(stopped ? 0 : 1);
}

/** What went wrong at start, for a person: what they can mend in a line, anything else with its stack. */
function told(fault: unknown): string {
  if (!(fault instanceof Error)) return String(fault);
  if ('code' in fault && fault.code === 'EADDRINUSE' && 'address' in fault && 'port' in fault)
    return `${String(fault.address)}:${String(fault.port)} is in use by another program. Choose another port: HANDOVER_PORT or --port.`;
  if (fault instanceof StoreUnavailable) return fault.message;
  return fault.stack ?? fault.message;
}

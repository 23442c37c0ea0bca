import { Command } from 'commander';
import { type ProcessStatus } from '@handover/platform/access';
import { collect, RunningProcess, urlHelp, urlsOf } from '../access/services.js';
import { exitCodes } from '../faults.js';
import { attention } from '../report/attention.js';
import { type OpenHandovers, type Overview, screen } from '../report/screen.js';
import { print, printJson } from '../terminal/print.js';

interface Options {
  readonly url?: readonly string[];
  readonly json?: boolean;
}

/** Open handovers are asked for in one page of this size. */
const openAtMost = 1_000;

async function look({ url, json }: Options): Promise<void> {
  const overview = await ask(urlsOf(url).map((each) => new RunningProcess(each)));
  const troubles = attention(overview);
  if (json) printJson({ ...overview, attention: troubles });
  else for (const line of screen(overview, troubles)) print(line);
  if (troubles.length > 0) process.exitCode = exitCodes.failed;
}

async function ask(processes: readonly RunningProcess[]): Promise<Overview> {
  const answers = await Promise.all(
    processes.map((process) =>
      process.status().then(
        (status) => ({ at: process.url, status }),
        (fault: unknown) => ({ at: process.url, fault: fault instanceof Error ? fault.message : 'unknown' }),
      ),
    ),
  );
  const reached = answers.flatMap((answer) => ('status' in answer ? [answer] : []));
  return {
    processes: reached,
    unreachable: answers.flatMap((answer) => ('fault' in answer ? [answer] : [])),
    ...(await openHandovers(reached)),
  };
}

/** Asked of the first process that runs analytics; absent if none does, or if it does not answer. */
async function openHandovers(
  reached: readonly { readonly at: string; readonly status: ProcessStatus }[],
): Promise<{ readonly open?: OpenHandovers }> {
  const analytics = reached.find(({ status }) =>
    status.services.some(({ service }) => service === 'analytics'),
  );
  if (!analytics) return {};
  try {
    const path = `/v1/outcomes?state=open&limit=${openAtMost}`;
    return { open: await new RunningProcess(analytics.at).ask<OpenHandovers>('GET', path) };
  } catch {
    return {};
  }
}

/** `handover status`: one screen over all services. */
export function statusCommand(): Command {
  return new Command('status')
    .description('one screen over all services (exit code 1 if anything wants attention)')
    .option('--url <url>', urlHelp, collect)
    .option('--json', 'print JSON')
    .action(look);
}

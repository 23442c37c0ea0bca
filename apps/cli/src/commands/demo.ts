import { Command, InvalidArgumentError } from 'commander';
import { openClock } from '@handover/platform/access';
import { playDemo } from '../demo/demo.js';
import { startStandalone } from '../demo/standalone.js';

interface Options {
  readonly url?: string;
  readonly clock: string;
  readonly speed: number;
  readonly calls: number;
}

const whole = (least: number, most: number) => (text: string) => {
  const value = Number(text);
  if (!Number.isInteger(value) || value < least || value > most) {
    throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`);
  }
  return value;
};

async function run({ url, clock, speed, calls }: Options): Promise<void> {
  const epoch = Date.now();
  const scaled = `scaled:${epoch},${epoch},${speed}`;
  const started = url ? undefined : await startStandalone({ HANDOVER_CLOCK: scaled, HANDOVER_SAMPLE: 'off' });
  try {
    const result = await playDemo({
      url: url ?? started?.url ?? '',
      clock: openClock(started ? scaled : clock),
      calls,
      progress: process.stderr.isTTY,
    });
    process.stdout.write(`${result.report}\n\nActors and event store, compared\n`);
    for (const { what, actors, log } of result.comparisons) {
      const verdict = actors === log ? 'agree' : 'DIFFER';
      process.stdout.write(
        `  ${what.padEnd(28)}${String(actors).padStart(6)}${String(log).padStart(6)}   ${verdict}\n`,
      );
    }
    if (result.comparisons.some(({ actors, log }) => actors !== log)) process.exitCode = 1;
  } finally {
    await started?.stop();
  }
}

/** `handover demo`: a morning of a real bank's calls, against a running system or one of its own. */
export function demoCommand(): Command {
  return new Command('demo')
    .description('play a morning of bank calls against a system and report what became of them')
    .option(
      '--url <url>',
      'a running system, all services at one address; without it the demo starts a standalone of its own',
    )
    .option('--clock <setting>', 'HANDOVER_CLOCK of the running system', 'system')
    .option(
      '--speed <times>',
      'how many times faster than the wall clock its own standalone runs',
      whole(1, 600),
      300,
    )
    .option('--calls <number>', "how many of the morning's 605 calls to play", whole(1, 605), 605)
    .action(run);
}

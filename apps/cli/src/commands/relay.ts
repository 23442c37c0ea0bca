import { Command } from 'commander';
import { fromIso, type Instant } from '@handover/kernel';
import { rewindTo } from '@handover/platform/access';
import { checkpointsOf } from '../access/checkpoints.js';
import { withStore } from '../access/open-store.js';
import { settings } from '../access/settings.js';
import { WrongUsage } from '../faults.js';
import { print } from '../terminal/print.js';

interface Options {
  readonly to: Instant | null;
  readonly service?: readonly string[];
}

function moment(text: string): Instant | null {
  if (text === 'begin') return null;
  try {
    return fromIso(text);
  } catch {
    throw new WrongUsage(`"${text}" is no instant: give --to 2026-11-23T14:15:00Z, or --to begin.`);
  }
}

function chosen(service: string, before: readonly string[] = []): readonly string[] {
  if (!checkpointsOf.has(service))
    throw new WrongUsage(`There is no service "${service}": ${[...checkpointsOf.keys()].join(', ')}.`);
  return [...before, service];
}

async function rewind({ to, service = [...checkpointsOf.keys()] }: Options): Promise<void> {
  await withStore(settings(), 'write', async (store) => {
    for (const name of service.flatMap((each) => checkpointsOf.get(each) ?? [])) {
      const rewound = await rewindTo(store, name, to);
      if (!rewound) print(`${name}: nothing was published yet`);
      else print(`${name}: publishes again all that follows ${rewound.position ?? 'the begin of the log'}`);
    }
  });
}

/** `handover relay rewind`: for a broker that lost messages. */
export function relayCommand(): Command {
  const relay = new Command('relay').description('act on the relays, which publish what is in the log');
  relay
    .command('rewind')
    .description('publish again what was recorded since a moment, for a broker that lost messages')
    .requiredOption(
      '--to <instant>',
      'as 2026-11-23T14:15:00Z, or "begin"; rather too early than too late',
      moment,
    )
    .option('--service <name>', 'only this one; may be given several times (default: all five)', chosen)
    .action(rewind);
  return relay;
}

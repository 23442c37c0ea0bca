import { Command } from 'commander';
import { type LoggedEvent, tellHistory } from '@handover/analytics';
import { fromIso } from '@handover/kernel';
import { withStore } from '../access/open-store.js';
import { presentClock, settings } from '../access/settings.js';
import { Refused, WrongUsage } from '../faults.js';
import { timeline } from '../report/timeline.js';
import { print, printJson } from '../terminal/print.js';

interface Options {
  readonly at?: string;
  readonly json?: boolean;
}

async function tell(handoverId: string, { at, json }: Options): Promise<void> {
  const config = settings();
  const moment = at === undefined ? presentClock(config).now() : momentOf(at);
  const events = await withStore(config, 'read', async (store) => {
    const found: LoggedEvent[] = [];
    for await (const event of store.readCorrelation(handoverId)) found.push(event);
    return found;
  });
  if (events.length === 0) throw new Refused(`The log has no events of handover ${handoverId}.`);
  const history = tellHistory(handoverId, events, moment);
  if (json) printJson(history);
  else for (const line of timeline(history)) print(line);
}

function momentOf(text: string): number {
  try {
    return fromIso(text);
  } catch {
    throw new WrongUsage(`"${text}" is no instant: give --at 2026-11-23T14:15:00Z.`);
  }
}

/** `handover history <handoverId>`: the story of a handover, read from the event store itself. */
export function historyCommand(): Command {
  return new Command('history')
    .description('tell the story of one handover from the event store, as of now or of a past instant')
    .argument('<handoverId>')
    .option('--at <instant>', 'as it was known then, as 2026-11-23T14:15:00Z')
    .option('--json', 'print the history as JSON')
    .action(tell);
}

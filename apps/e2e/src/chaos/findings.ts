import { type Bus, verifyStore } from '@handover/platform';
import { type Fleet } from '../system/fleet.js';
import { type Acknowledged } from './acknowledged.js';
import { doubled } from './doubled.js';
import { readLog } from './log.js';
import { lost, silent } from './lost.js';
import { overbooked } from './overbooked.js';
import { parked } from './parked.js';
import { comparePublished } from './published.js';
import { differing } from './views.js';

/** What went wrong, by kind, a line for each; every list must be empty. And how much there was that could have. */
export interface Findings {
  readonly found: Readonly<Record<string, readonly string[]>>;
  readonly events: number;
  readonly messages: number;
}

/** Compares what clients were told with the log, the topics and the views, once all traffic has drained. */
export async function findingsOf(
  fleet: Fleet,
  bus: Bus,
  acknowledged: readonly Acknowledged[],
): Promise<Findings> {
  const log = readLog(fleet.storeFile);
  const published = await comparePublished(bus, log);
  return {
    found: {
      faults: (await verifyStore(fleet.storeFile)).faults,
      lost: [...lost(log, acknowledged), ...published.missing],
      silent: silent(log, fleet.now()),
      reordered: published.reordered,
      doubled: doubled(log),
      overbooked: overbooked(log),
      parked: await parked(bus),
      'views differing': await differing(fleet),
    },
    events: log.length,
    messages: published.messages,
  };
}

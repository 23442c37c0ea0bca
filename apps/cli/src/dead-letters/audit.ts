import { toIso } from '@handover/kernel';
import { type AuditEntry, auditTrail } from '@handover/platform/access';
import { withBus } from '../access/open-bus.js';
import { settings } from '../access/settings.js';
import { print, printJson } from '../terminal/print.js';
import { table } from '../terminal/table.js';
import { nameOf, queuesOf } from './queues.js';
import { shown } from './selection.js';

interface Options {
  readonly queue?: string;
  readonly json?: boolean;
}

/** Prints what was asked for and done, oldest first. */
export const auditLetters = ({ queue, json }: Options): Promise<void> =>
  withBus(settings(), async (bus) => {
    const entries: (AuditEntry & { readonly queue: string })[] = [];
    for (const each of await queuesOf(bus, queue))
      for await (const entry of auditTrail(bus, each)) entries.push({ queue: nameOf(each), ...entry });
    entries.sort((one, other) => one.at - other.at);
    if (json) return printJson(entries);
    if (entries.length === 0) return print('Nothing was ever done to a dead letter.');
    const head = ['AT', 'WHAT', 'BY', 'KEY', 'PARTITION', 'WHY', 'QUEUE'];
    const rows = entries.map(({ at, action, by, key, partition, why, queue: of }) => [
      toIso(at),
      action,
      by,
      shown(key),
      partition,
      why,
      of,
    ]);
    for (const line of table(head, rows)) print(line);
  });

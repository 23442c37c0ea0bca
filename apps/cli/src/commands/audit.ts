import { Command } from 'commander';
import { domainEvent } from '@handover/contracts';
import { fromIso, localDate, type TimeZone } from '@handover/kernel';
import { type EventStore } from '@handover/platform/access';
import { type AuditedEvent, auditSlots, type SlotAudit } from '@handover/reservation';
import { withStore } from '../access/open-store.js';
import { presentClock, settings } from '../access/settings.js';
import { exitCodes, Refused, WrongUsage } from '../faults.js';
import { auditReport } from '../report/slot-audit.js';
import { print, printJson } from '../terminal/print.js';

interface Options {
  readonly pool?: string;
  readonly day?: string;
  readonly cells?: boolean;
  readonly refusals?: boolean;
  readonly json?: boolean;
}

interface PoolEvents {
  readonly events: AuditedEvent[];
  timeZone: TimeZone;
}

/** What the audit reads lies in these categories of streams. */
const categories = ['pool', 'slotbook', 'callback'];

async function auditPools({ pool, day, cells = false, refusals = false, json }: Options): Promise<void> {
  if (day !== undefined && !/^\d{4}-\d{2}-\d{2}$/.test(day))
    throw new WrongUsage(`"${day}" is no day: give --day 2026-11-23.`);
  const config = settings();
  const now = presentClock(config).now();
  const pools = await withStore(config, 'read', (store) => eventsByPool(store, pool));
  if (pools.size === 0)
    throw new Refused(pool ? `The log has no slot book of pool ${pool}.` : 'The log has no slot book.');
  const audits = [...pools].map(([name, { events, timeZone }]) => ({
    pool: name,
    ...ofDay(auditSlots(events, now), timeZone, day),
  }));
  if (json) printJson(audits);
  else for (const each of audits) for (const line of auditReport(each, { cells, refusals })) print(line);
  if (audits.some(({ violations }) => violations.length > 0)) process.exitCode = exitCodes.failed;
}

/** The events of each pool in log order; callbacks tell whether an appointment was kept. */
async function eventsByPool(
  store: EventStore,
  wanted: string | undefined,
): Promise<ReadonlyMap<string, PoolEvents>> {
  const pools = new Map<string, PoolEvents>();
  const withBook = new Set<string>();
  for await (const stored of store.readAll({ filter: { categories } })) {
    const event = domainEvent(stored) as AuditedEvent | undefined;
    const pool = event && 'pool' in event.data ? event.data.pool : undefined;
    if (!event || pool === undefined || (wanted !== undefined && pool !== wanted)) continue;
    const known = pools.get(pool) ?? { events: [], timeZone: 'UTC' };
    known.events.push(event);
    if (event.type === 'CapacityProjected') known.timeZone = event.data.settings.timeZone;
    if (stored.stream.startsWith('slotbook-')) withBook.add(pool);
    pools.set(pool, known);
  }
  return new Map([...pools].filter(([pool]) => withBook.has(pool)));
}

/** What the audit found of one day of the pool's calendar. The whole log is judged: a day rests on what came before. */
function ofDay(audit: SlotAudit, timeZone: TimeZone, day: string | undefined): SlotAudit {
  if (day === undefined) return audit;
  const isOfDay = (iso: string): boolean => localDate(fromIso(iso), timeZone) === day;
  return {
    ...audit,
    cells: audit.cells.filter(({ start }) => isOfDay(start)),
    refusals: audit.refusals.filter(({ at }) => isOfDay(at)),
    violations: audit.violations.filter(({ at }) => isOfDay(at)),
  };
}

/** `handover audit slots`: an independent check that nothing was ever promised that capacity did not carry. */
export function auditCommand(): Command {
  const audit = new Command('audit').description(
    'check the log against the rules, independently of the services',
  );
  audit
    .command('slots')
    .description('replay the slot books: promises against capacity (exit code 1 if a rule was broken)')
    .option('--pool <pool>', 'only this one')
    .option(
      '--day <date>',
      "cells, refusals and violations of one day of the pool's calendar only, as 2026-11-23",
    )
    .option('--cells', 'show every cell')
    .option('--refusals', 'show who was refused what, and why')
    .option('--json', 'print JSON')
    .action(auditPools);
  return audit;
}

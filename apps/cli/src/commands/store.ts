import { rm } from 'node:fs/promises';
import { Command } from 'commander';
import { backupStore, copyStore, verifyStore, type VerifyReport } from '@handover/platform/access';
import { checkpointsOf } from '../access/checkpoints.js';
import { mustBeThere, openOrCreateStore, openStore, sqliteFile } from '../access/open-store.js';
import { settings } from '../access/settings.js';
import { exitCodes, Refused, WrongUsage } from '../faults.js';
import { paceText } from '../terminal/pace.js';
import { print, printJson } from '../terminal/print.js';
import { progressBar } from '../terminal/progress.js';

interface StoreOption {
  readonly store?: string;
}

interface Verifying extends StoreOption {
  readonly json?: boolean;
}

const counted = ({ events, streams }: Pick<VerifyReport, 'events' | 'streams'>): string =>
  events === undefined || streams === undefined
    ? 'its events cannot be counted'
    : `${events.toLocaleString('en')} events in ${streams.toLocaleString('en')} streams`;

const restore = 'Restore the last sound backup: docs/operations.md#back-up-and-restore';

async function check(file: string): Promise<VerifyReport> {
  mustBeThere(file);
  const bar = progressBar();
  try {
    return await verifyStore(file, {
      onProgress: ({ check: name, done, of }) => bar.show(done / of, name),
    });
  } finally {
    bar.end();
  }
}

async function verify({ store = settings().store, json }: Verifying): Promise<void> {
  const file = sqliteFile(store, 'EventStoreDB checks its own files; this command checks SQLite stores.');
  const report = await check(file);
  if (json) printJson({ file, ...report });
  else {
    print(`${file}: ${counted(report)}`);
    for (const fault of report.faults) print(`  ${fault}`);
    print(report.faults.length === 0 ? 'Sound.' : `Not sound: ${report.faults.length} fault(s). ${restore}`);
  }
  if (report.faults.length > 0) process.exitCode = exitCodes.failed;
}

async function backUp({
  store = settings().store,
  to,
}: StoreOption & { readonly to: string }): Promise<void> {
  const file = sqliteFile(store, 'EventStoreDB has its own backups; this command backs up SQLite stores.');
  mustBeThere(file);
  const bar = progressBar();
  try {
    await backupStore(file, to, { onProgress: ({ pages, of }) => bar.show(pages / of, 'copying') });
  } finally {
    bar.end();
  }
  const report = await check(to);
  if (report.faults.length > 0) {
    await rm(to);
    throw new Refused(`${file} is not sound, so no backup was made: ${report.faults[0]} ${restore}`);
  }
  print(`${to}: ${counted(report)}. Verified.`);
}

interface Copying {
  readonly from: string;
  readonly to: string;
}

async function copy({ from, to }: Copying): Promise<void> {
  if (from === to) throw new WrongUsage('--from and --to name the same store.');
  const source = await openStore(from, 'read');
  const target = await openOrCreateStore(to);
  const bar = progressBar();
  const began = performance.now();
  try {
    const { events, hash } = await copyStore(source, target, {
      checkpoints: [...checkpointsOf.values()].flat(),
      onProgress: ({ phase, events: done, share }) =>
        bar.show(share, `${phase}, ${paceText(done, performance.now() - began, share)}`),
    });
    bar.end();
    print(`${events.toLocaleString('en')} events copied and compared, hash ${hash.slice(0, 16)}.`);
    print('Relays will go on where they were.');
  } finally {
    bar.end();
    await Promise.all([source.close(), target.close()]);
  }
}

/** `handover store verify | backup | copy`. */
export function storeCommand(): Command {
  const store = new Command('store').description('verify, back up or copy the event store');
  const storeHelp = 'default: HANDOVER_STORE';
  store
    .command('verify')
    .description(
      'check an SQLite store: file, revisions, ids, JSON; services may run (exit code 1 if not sound)',
    )
    .option('--store <url>', `sqlite:<file>; ${storeHelp}`)
    .option('--json', 'print the report as JSON')
    .action(verify);
  store
    .command('backup')
    .description('copy an SQLite store to a new file while services run, and verify the copy')
    .requiredOption('--to <file>', 'must not exist')
    .option('--store <url>', `sqlite:<file>; ${storeHelp}`)
    .action(backUp);
  store
    .command('copy')
    .description('copy all events to another store and compare both; may be interrupted and repeated')
    .requiredOption('--from <url>', 'sqlite:<file> or esdb://…')
    .requiredOption('--to <url>', 'an empty store, or one that this copy was begun in')
    .action(copy);
  return store;
}

import { setTimeout as wait } from 'node:timers/promises';
import { Command } from 'commander';
import {
  type ProjectionAction,
  type ProjectionReport,
  type ReplayStatus,
  type TableComparison,
} from '@handover/platform/access';
import { collect, RunningProcess, urlHelp, urlsOf } from '../access/services.js';
import { osUser } from '../access/settings.js';
import { exitCodes, Refused, WrongUsage } from '../faults.js';
import { faultText, projectionTable } from '../report/projections.js';
import { paceText } from '../terminal/pace.js';
import { print, printJson } from '../terminal/print.js';
import { progressBar } from '../terminal/progress.js';
import { spanText } from '../terminal/spans.js';

interface Where {
  readonly url?: readonly string[];
}
interface Reading extends Where {
  readonly json?: boolean;
}
interface Acting extends Where {
  readonly by: string;
}
interface Replaying extends Acting {
  readonly blueGreen?: boolean;
  readonly dryRun?: boolean;
  readonly rollback?: boolean;
}

const pollMs = 200;

/** A projection in one of the processes asked. */
interface Found {
  readonly process: RunningProcess;
  readonly report: ProjectionReport;
}

async function findAll({ url }: Where): Promise<Found[]> {
  const processes = urlsOf(url).map((each) => new RunningProcess(each));
  const reports = await Promise.all(processes.map((process) => process.projections()));
  return processes.flatMap((process, at) => (reports[at] ?? []).map((report) => ({ process, report })));
}

/** The projection in every process that runs it. @throws Refused if none does */
async function find(name: string, where: Where): Promise<Found[]> {
  const all = await findAll(where);
  const found = all.filter(({ report }) => report.name === name);
  if (found.length > 0) return found;
  const known = [...new Set(all.map(({ report }) => report.name))].join(', ');
  throw new Refused(`No projection "${name}" runs there; there are: ${known}.`);
}

async function list(options: Reading): Promise<void> {
  const all = await findAll(options);
  if (all.some(({ report }) => report.state === 'stopped')) process.exitCode = exitCodes.failed;
  if (options.json) return printJson(all.map(({ process: { url }, report }) => ({ url, ...report })));
  const reports = all.map(({ process: { url }, report }) => ({ ...report, at: url }));
  for (const line of projectionTable(reports, urlsOf(options.url).length > 1)) print(line);
  for (const { name, fault } of reports) if (fault) print(`${name} stopped ${faultText(fault)}`);
}

async function status(name: string, options: Reading): Promise<void> {
  const found = await find(name, options);
  if (options.json) printJson(found.map(({ process, report }) => ({ url: process.url, ...report })));
  else for (const each of found) for (const line of describe(each)) print(line);
  if (found.some(({ report }) => report.state === 'stopped')) process.exitCode = exitCodes.failed;
}

function describe({ process: { url }, report }: Found): string[] {
  const { service, name, version, state, eventsApplied, upTo, file, previous, fault, replay } = report;
  return [
    `${name} v${version} of ${service} at ${url}`,
    `  state     ${state}`,
    `  events    ${eventsApplied.toLocaleString('en')}, up to ${upTo ?? 'none'}`,
    `  file      ${file}${previous ? ` (kept for rollback: ${previous})` : ''}`,
    ...(fault ? [`  stopped   ${faultText(fault)}`] : []),
    ...(replay ? [`  replay    ${replayText(replay)}`, ...comparisonLines(replay)] : []),
  ];
}

async function act(action: ProjectionAction, name: string, options: Acting): Promise<void> {
  for (const { process } of await find(name, options)) {
    await process.act(name, action, options.by);
    const report = await settled(process, name, action);
    print(`${name} at ${process.url}: ${report.state}${report.fault ? `: ${faultText(report.fault)}` : ''}`);
    if (report.state === 'stopped') globalThis.process.exitCode = exitCodes.failed;
  }
}

/** Waits until a pause or resume shows. */
async function settled(
  process: RunningProcess,
  name: string,
  action: ProjectionAction,
): Promise<ProjectionReport> {
  for (;;) {
    const report = await process.projection(name);
    if (!report) throw new Refused(`${process.url} runs ${name} no longer.`);
    const wanted = action === 'pause' ? ['paused', 'stopped'] : ['live', 'stopped'];
    if (wanted.includes(report.state)) return report;
    await wait(pollMs);
  }
}

async function replay(name: string, options: Replaying): Promise<void> {
  const { blueGreen, dryRun, rollback } = options;
  if ([blueGreen, dryRun, rollback].filter(Boolean).length > 1)
    throw new WrongUsage('Give one of --blue-green, --dry-run and --rollback.');
  const action = rollback ? 'rollback' : dryRun ? 'dry-run' : blueGreen ? 'blue-green' : 'replay';
  for (const { process } of await find(name, options)) {
    await process.act(name, action, options.by);
    const { status: ended, report } = await followReplay(process, name);
    print(`${name} at ${process.url}: ${replayText(ended)}`);
    for (const line of comparisonLines(ended)) print(line);
    if (ended.state === 'switched' && report.previous)
      print(`  kept ${report.previous}; to go back: handover projections replay ${name} --rollback`);
    if (isBad(ended, dryRun)) globalThis.process.exitCode = exitCodes.failed;
  }
}

/** A dry run asks whether the view is what the log says: if it is not, the answer is no. */
const isBad = ({ state, comparison }: ReplayStatus, dryRun: boolean | undefined): boolean =>
  state === 'failed' || (dryRun === true && comparison?.every(({ same }) => same) !== true);

async function followReplay(
  process: RunningProcess,
  name: string,
): Promise<{ readonly status: ReplayStatus; readonly report: ProjectionReport }> {
  const bar = progressBar();
  try {
    for (;;) {
      const report = await process.projection(name);
      const status = report?.replay;
      if (!report || !status) throw new Refused(`${process.url} has been restarted; the replay is lost.`);
      const { state, eventsApplied, elapsedMs, share } = status;
      bar.show(
        share,
        `${state} ${name}, ${eventsApplied} events, ${paceText(eventsApplied, elapsedMs, share)}`,
      );
      if (['switched', 'discarded', 'failed'].includes(state)) return { status, report };
      await wait(pollMs);
    }
  } finally {
    bar.end();
  }
}

const words: Readonly<Record<ReplayStatus['state'], string>> = {
  building: 'is being folded',
  comparing: 'is being compared',
  switching: 'is taking its place',
  switched: 'switched to the new view',
  discarded: 'compared; nothing was changed',
  failed: 'FAILED; the live view is as it was',
};

function replayText({ kind, state, eventsApplied, elapsedMs, share, fault }: ReplayStatus): string {
  if (kind === 'rollback' && state === 'switched')
    return `went back to the kept view, level with the log, in ${spanText(elapsedMs)}`;
  const pace = paceText(eventsApplied, elapsedMs, share);
  const events = `${eventsApplied.toLocaleString('en')} events in ${spanText(elapsedMs)}${pace && ` (${pace})`}`;
  return `${words[state]}; ${events}${fault ? `: ${faultText(fault)}` : ''}`;
}

const comparisonLines = ({ kind, state, comparison }: ReplayStatus): string[] => {
  if (comparison) return comparison.map(comparisonLine);
  const over = state === 'switched' || state === 'discarded';
  return over && (kind === 'blue-green' || kind === 'dry-run')
    ? ['  not compared: the live view is stopped at an event that it cannot take']
    : [];
};

function comparisonLine({ table, liveRows, newRows, same }: TableComparison): string {
  const rows = `${liveRows?.toLocaleString('en') ?? 'no'} rows before, ${newRows?.toLocaleString('en') ?? 'none'} now`;
  return `  table ${table}: ${same ? `the same (${(liveRows ?? 0).toLocaleString('en')} rows)` : `DIFFERENT: ${rows}`}`;
}

/** `handover projections list | status | replay | pause | resume`, on running services. */
export function projectionsCommand(): Command {
  const projections = new Command('projections').description('look at, replay, pause or resume read models');
  const on = (name: string, description: string): Command =>
    projections.command(name).description(description).option('--url <url>', urlHelp, collect);
  const acting = (name: string, description: string): Command =>
    on(name, description).argument('<name>').option('--by <who>', 'who acts, for the log', osUser());

  on('list', 'every projection of the services (exit code 1 if one stopped)')
    .option('--json', 'print JSON')
    .action(list);
  on('status', 'one projection, and why it stopped (exit code 1 if it did)')
    .argument('<name>')
    .option('--json', 'print JSON')
    .action(status);
  acting('replay', 'fold the whole log again beside the live view, then switch')
    .option('--blue-green', 'compare before the switch, and keep the old view for --rollback')
    .option('--dry-run', 'compare only (exit code 1 if the views differ)')
    .option('--rollback', 'go back to the view that the last --blue-green kept')
    .action(replay);
  acting('pause', 'stop folding; the view stays readable').action((name: string, options: Acting) =>
    act('pause', name, options),
  );
  acting('resume', 'go on after a pause, or at the event where it stopped').action(
    (name: string, options: Acting) => act('resume', name, options),
  );
  return projections;
}

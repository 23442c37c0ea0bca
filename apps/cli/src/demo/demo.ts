import { type Clock, hourMs, minuteMs } from '@handover/kernel';
import { Presets, SingleBar } from 'cli-progress';
import { Api } from './api.js';
import { call } from './callers.js';
import { agentsOf, openBank, surprises } from './centre.js';
import { Desk } from './desk.js';
import { reconcile, type Comparison } from './reconcile.js';
import { report } from './report.js';
import { cast } from './script.js';
import { until, type Stage } from './stage.js';
import { Tally } from './tally.js';
import { bankMorning } from './trace.js';

export interface DemoOptions {
  readonly url: string;
  readonly clock: Clock;
  /** How many of the morning's 605 calls to play. */
  readonly calls: number;
  readonly progress: boolean;
}

export interface DemoResult {
  readonly report: string;
  readonly comparisons: readonly Comparison[];
}

/** Callbacks still ahead when the last call is over get this long, in domain time. */
const epilogueMs = 8 * hourMs;

/** Plays the morning against a running system; resolves when every callback has ended or the epilogue is over. */
export async function playDemo({ url, clock, calls, progress }: DemoOptions): Promise<DemoResult> {
  const stage: Stage = { api: new Api(url), clock, tally: new Tally() };
  const morning = bankMorning().slice(0, calls);
  const agents = agentsOf(bankMorning());
  await openBank(stage, agents);
  await capacityShows(stage);
  const roles = morning.map(cast);
  const talks = new Map(roles.map((role) => [`bank-${role.call.callId}`, role.talkMs]));
  const desk = new Desk(stage, 'bank', (handoverId) => talks.get(handoverId) ?? 4 * minuteMs);
  desk.start();

  const began = clock.now();
  const lengthMs = (morning.at(-1)?.atMs ?? 0) - (morning[0]?.atMs ?? 0);
  const bar = new SingleBar(
    { format: '{bar} {value}/{total} calls, {handovers} handovers, {waiting} callbacks ahead' },
    Presets.shades_classic,
  );
  if (progress) bar.start(roles.length, 0, { handovers: 0, waiting: 0 });
  const shown = async (): Promise<number> => {
    const waiting = (await desk.waiting()).length;
    bar.update(stage.tally.of('conversations'), { handovers: stage.tally.of('handovers'), waiting });
    return waiting;
  };

  const surprising = surprises(stage, agents, lengthMs);
  const calling = roles.map(async (role) => {
    await until(clock, began + role.call.atMs - (morning[0]?.atMs ?? 0));
    await call(stage, role);
    if (progress) await shown();
  });
  await Promise.all(calling);
  await surprising;
  for (const end = clock.now() + epilogueMs; clock.now() < end && (await shown()) > 0;) {
    await until(clock, clock.now() + minuteMs);
  }
  await desk.close();
  bar.stop();
  return { report: await report(stage, began - hourMs), comparisons: await reconcile(stage, began - hourMs) };
}

/** Waits until the bank's agents show as capacity. */
async function capacityShows({ api, clock }: Stage): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    const { rows = [] } = await api.must<{ rows?: { cells: number[] }[] }>('GET', '/v1/pools/bank/capacity');
    if (rows.some(({ cells }) => cells.some((cell) => cell > 0))) return;
    await until(clock, clock.now() + minuteMs);
  }
  throw new Error('The bank shows no capacity: is the capacity service running?');
}

import { setTimeout as pause } from 'node:timers/promises';
import { type Centre } from '@handover/app-e2e';
import { percentile } from '@handover/kernel';
import { type Figures } from '../bench.js';
import { processorTime } from '../processor-time.js';
import { type Measured } from '../service/open-system.js';
import { callers } from './load.js';
import { logOf, recordOf } from './log.js';
import { isThrough, stepsOf } from './steps.js';

/** What a voicebot grants: of a hundred callers so many have their offers in this time. */
const offersWithinMs = 300;
const offersOnTime = 0.95;
const throughAtLeast = 0.99;
/** From a confirmed appointment to the caller's survey, nothing being late: lead, window, and a breath. */
const drainMs = 8_000;

export interface Round {
  readonly sustained: boolean;
  readonly figures: readonly Figures[];
}

/** One rate: who came through, how long they waited, where the time went, and what each process took. */
export async function round(
  { system, processIds }: Measured,
  centres: readonly Centre[],
  rate: number,
  seconds: number,
): Promise<Round> {
  const bus = system.bus === 'embedded:' ? 'embedded' : 'kafka';
  const spent = processorTime(new Map([...processIds, ['callers and desks', process.pid]]));
  const { calls, asked } = await callers(system, centres, rate, seconds);
  await settled(
    system,
    calls.map(({ handoverId }) => handoverId),
  );
  const took = spent();
  const record = await recordOf(system);
  const through = calls.filter(({ handoverId }) => isThrough(record.events.get(handoverId))).length;
  const waitedMs = calls.map(({ askedAt, offeredAt }) => (offeredAt - askedAt) / system.speed);
  const ms = (share: number): number => Number(percentile(waitedMs, share).toFixed(1));
  const sustained = through >= throughAtLeast * asked && ms(offersOnTime) <= offersWithinMs;
  const head = { bus, perSecond: rate };
  const offers = { offersP50Ms: ms(0.5), offersP95Ms: ms(offersOnTime), offersP99Ms: ms(0.99) };
  return {
    sustained,
    figures: [
      { ...head, sustained, asked, appointments: calls.length, through, ...offers },
      ...stepsOf(calls, record, system.speed).map((step) => ({ ...head, ...step })),
      ...[...took].map(([name, cpuMs]) => ({
        ...head,
        process: name,
        cpuMsPerHandover: Number((cpuMs / asked).toFixed(2)),
      })),
    ],
  };
}

/** Resolves when all are through, or when the last of them should have been for long. */
async function settled(system: Measured['system'], handoverIds: readonly string[]): Promise<void> {
  const store = await logOf(system);
  const waiting = new Set(handoverIds);
  let after: string | undefined;
  for (const end = Date.now() + drainMs; waiting.size > 0 && Date.now() < end; await pause(200))
    for await (const { metadata, position } of store.readAll({
      ...(after && { after }),
      filter: { types: ['SurveyRequested'] },
    })) {
      waiting.delete(metadata.correlationId);
      after = position;
    }
  await store.close();
}

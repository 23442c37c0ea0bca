import { Caller, type Centre, type System } from '@handover/app-e2e';
import { openLoop } from '../service/open-loop.js';

/** One caller, in domain time: when they spoke and were answered; absent if they were not, or not with a time. */
export interface Call {
  readonly handoverId: string;
  readonly askedAt: number;
  readonly offeredAt: number;
  readonly acceptedAt: number;
  readonly confirmedAt: number;
}

/** Asks for a handover and takes the first time offered, at once. Undefined if that is not what came of it. */
async function book(system: System, centre: Centre): Promise<Call | undefined> {
  const caller = new Caller(system, centre);
  const askedAt = system.now();
  const { status, body } = await caller.post(caller.context());
  const offeredAt = system.now();
  const [first] = body.offers ?? [];
  if (status !== 201 || !first) return undefined;
  const acceptedAt = system.now();
  const answer = await caller.accepts(body, first);
  if (answer.status !== 201) return undefined;
  return { handoverId: body.handoverId, askedAt, offeredAt, acceptedAt, confirmedAt: system.now() };
}

/** So many callers a second, whatever becomes of them; those who were given an appointment at their first word. */
export async function callers(
  system: System,
  centres: readonly Centre[],
  rate: number,
  seconds: number,
): Promise<{ readonly calls: readonly Call[]; readonly asked: number }> {
  const calls = await openLoop(rate, seconds, async (index) => {
    const centre = centres[index % centres.length];
    return centre && book(system, centre).catch(() => undefined);
  });
  return { calls: calls.filter((call) => call !== undefined), asked: calls.length };
}

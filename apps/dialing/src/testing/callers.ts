import { type CallbackEvent, type ScheduleCallback } from '@handover/contracts';
import { minuteMs, secondMs, toIso } from '@handover/kernel';
import { start } from '@handover/dialing/testing';
import { all } from '@handover/platform/testing';
import { type Centre } from './centre.js';

/** Everything that happened to callbacks, in the order of the log. */
export const history = async ({ store }: Centre): Promise<CallbackEvent[]> =>
  (await all(store.readAll({ filter: { categories: ['callback'] } }))) as unknown as CallbackEvent[];

/** Callers who answer, with windows of five minutes. */
export async function callers(
  centre: Centre,
  ids: readonly string[],
  from = start,
  more: Partial<ScheduleCallback> = {},
) {
  const window = { start: toIso(from), end: toIso(from + 5 * minuteMs) };
  for (const callbackId of ids) {
    await centre.caller('1000', `h-${callbackId}`);
    await centre.schedule({ callbackId, handoverId: `h-${callbackId}`, ...window, ...more });
  }
}

/** Agents who read at once and close each callback when they have talked for a while. */
export async function work(
  centre: Centre,
  seconds: number,
  talkSeconds: (callbackId: string) => number,
): Promise<void> {
  const talking = new Map<string, number>();
  for (let second = 0; second < seconds; second += 1) {
    await centre.pass(secondMs);
    const { callbacks } = (await centre.get('/v1/callbacks?pool=care&state=open')).json<{
      callbacks: { callbackId: string; agentId: string; phase: string }[];
    }>();
    for (const { callbackId, agentId, phase } of callbacks) {
      if (phase === 'briefing') await centre.acknowledge(agentId, callbackId);
      if (phase !== 'connected') continue;
      const talked = (talking.get(callbackId) ?? 0) + 1;
      talking.set(callbackId, talked);
      if (talked > talkSeconds(callbackId)) await centre.dispose(agentId, {}, callbackId);
    }
  }
}

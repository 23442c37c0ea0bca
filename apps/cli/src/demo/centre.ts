import { addDays, localDate, minuteMs } from '@handover/kernel';
import { diceOf } from './dice.js';
import { until, type Stage } from './stage.js';
import { type BankCall } from './trace.js';

const zone = 'Europe/Zurich';

/** Who worked that morning: the agents named in the trace, busiest first. */
export function agentsOf(calls: readonly BankCall[]): string[] {
  const taken = new Map<string, number>();
  for (const { server } of calls) if (server) taken.set(server, (taken.get(server) ?? 0) + 1);
  return [...taken]
    .sort(([, a], [, b]) => b - a)
    .map(([name]) => `bank-${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}`);
}

/** Sets the bank up: one pool, its agents, shifts around the clock so that the demo can begin at any hour. */
export async function openBank({ api, clock, tally }: Stage, agents: readonly string[]): Promise<void> {
  await api.must('PUT', '/v1/pools/bank', {
    name: 'Anonymous Bank',
    timeZone: zone,
    slotMinutes: 5,
    horizonHours: 12,
    leadMinutes: 10,
    handleSeconds: 240,
    callingHours: { from: '00:00', to: '23:59' },
  });
  const today = localDate(clock.now(), zone);
  for (const agentId of agents) {
    await api.must('PUT', `/v1/agents/${agentId}`, {
      pool: 'bank',
      skills: ['de', 'en'],
      displayName: agentId,
    });
    for (const date of [today, addDays(today, 1)]) {
      await api.must('PUT', `/v1/agents/${agentId}/shifts/${date}`, {
        date,
        from: '00:00',
        to: '00:00',
        timeZone: zone,
      });
    }
    await api.must('PUT', `/v1/agents/${agentId}/state`, { state: 'available' });
  }
  tally.count('agents', agents.length);
}

/** The morning's surprises: two agents go sick, one of them comes back; others are away for a while. */
export async function surprises(
  { api, clock, tally }: Stage,
  agents: readonly string[],
  lengthMs: number,
): Promise<void> {
  const began = clock.now();
  const leave = async (agentId: string, fromMs: number, forMs: number | undefined): Promise<void> => {
    await until(clock, began + fromMs);
    await api.must('PUT', `/v1/agents/${agentId}/state`, { state: 'away' });
    tally.count(forMs === undefined ? 'agents gone sick' : 'agents away for a while');
    if (forMs === undefined) return;
    await until(clock, began + fromMs + forMs);
    await api.must('PUT', `/v1/agents/${agentId}/state`, { state: 'available' });
  };
  await Promise.all(
    agents.map((agentId, index) => {
      const dice = diceOf(agentId);
      if (index === 1) return leave(agentId, lengthMs * 0.4, undefined);
      if (index === 3) return leave(agentId, lengthMs * 0.25, lengthMs * 0.3);
      return dice.happens('pause', 0.4)
        ? leave(agentId, lengthMs * dice.share('when') * 0.8, 20 * minuteMs)
        : undefined;
    }),
  );
}

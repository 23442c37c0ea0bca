import {
  type CapacityRow,
  type ShiftPlan,
  withDefaults,
  type CompletePoolSettings,
} from '@handover/contracts';
import { fromIso, hourMs, minuteMs, type Instant } from '@handover/kernel';
import { type Agent, type LiveState } from '../agent.js';
import { type Pool } from '../pool.js';
import { gridAt } from '../projection/grid.js';
import { headcounts } from '../projection/headcount.js';
import { project } from '../projection/project.js';
import { type AgentAtWork, type CarriedCallback } from '../projection/whereabouts.js';

/** Monday, 10:00 UTC. */
export const monday: Instant = fromIso('2026-11-23T10:00:00Z');

/** So many hours after (before, if negative) Monday, 10:00. */
export const hours = (count: number): Instant => monday + count * hourMs;

/** So many minutes after (before, if negative) Monday, 10:00. */
export const inMinutes = (minutes: number): Instant => monday + minutes * minuteMs;

/** Monday 08:00–18:00 UTC, without breaks. */
export const aShift = (plan: Partial<ShiftPlan> = {}): ShiftPlan => ({
  date: '2026-11-23',
  from: '08:00',
  to: '18:00',
  timeZone: 'Etc/UTC',
  ...plan,
});

export const available: LiveState = { state: 'available', since: hours(-2) };

const anAgent = (given: Partial<Agent> = {}): Agent => ({
  agentId: 'ada',
  pool: 'billing',
  skills: ['billing'],
  shifts: { monday: aShift() },
  live: available,
  ...given,
});

export const atWork = (given: Partial<AgentAtWork> = {}): AgentAtWork => ({
  ...anAgent(given),
  callbacks: [],
  ...given,
});

/** So many agents like one. */
export const alike = (count: number, given: Partial<AgentAtWork> = {}): AgentAtWork[] =>
  Array.from({ length: count }, (_, index) => atWork({ agentId: `agent-${index + 1}`, ...given }));

export const aPool = (settings: Partial<CompletePoolSettings> = {}, given: Partial<Pool> = {}): Pool => ({
  pool: 'billing',
  settings: withDefaults({ timeZone: 'Etc/UTC', ...settings }),
  handled: {},
  loads: [],
  ...given,
});

export const carrying = (callback: Partial<CarriedCallback> = {}): Pick<AgentAtWork, 'callbacks'> => ({
  callbacks: [
    { callbackId: 'c-1', start: monday, handleSeconds: 360, assignedAt: hours(-0.02), ...callback },
  ],
});

export const reported = (
  state: LiveState['state'],
  since: Instant,
  until?: Instant,
): { live: LiveState } => ({
  live: { state, since, ...(until !== undefined && { until }) },
});

/** Alike agents who could begin a callback at a moment: at work, not occupied elsewhere, less those expected to overrun. */
export function freeAt(agents: readonly AgentAtWork[], moment: Instant, now: Instant = monday): number {
  const { settings } = aPool();
  const grid = gridAt(settings, now);
  const cell = Math.floor(moment / grid.cellMs);
  const [count] = headcounts(agents, grid, now, { meanSeconds: settings.handleSeconds, variation: 1 });
  if (!count) return 0;
  const [atWork = 0, away = 0] = [count.atWork, count.elsewhere].map((of) => of[cell - grid.first]);
  return atWork - away - count.overrunning.at(cell).atStart;
}

/** Callbacks that may be in progress at a moment, over all rows. */
export const allowedIn = (rows: readonly CapacityRow[], moment: Instant, slotMinutes = 5): number =>
  rows.reduce((sum, { from, cells }) => {
    const cell = Math.floor((moment - fromIso(from)) / (slotMinutes * minuteMs));
    return sum + (cells[cell] ?? 0);
  }, 0);

/** Callbacks that these agents may have in progress at a moment, as it is projected now. */
export const allowedBy = (
  agents: readonly AgentAtWork[],
  moment: Instant,
  now: Instant = monday,
  pool: Pool = aPool(),
): number => allowedIn(project(pool, agents, now).rows, moment, pool.settings.slotMinutes);

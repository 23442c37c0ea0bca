import { liveFields, type Agent, type Pool } from '@handover/capacity';
import {
  type AgentView,
  type CapacityRow,
  type CapacityView,
  type OpeningView,
  type PoolView,
} from '@handover/contracts';
import { fromIso, inZone, minuteMs, toIso, type Instant } from '@handover/kernel';

export const poolView = ({ pool, settings, capacity }: Pool, agents: number): PoolView => ({
  pool,
  settings,
  agents,
  capacityVersion: capacity?.version ?? 0,
});

export const agentView = ({ agentId, pool, skills, displayName, live, shifts }: Agent): AgentView => ({
  agentId,
  pool,
  skills: [...skills],
  ...(displayName !== undefined && { displayName }),
  ...liveFields(live),
  shifts: Object.entries(shifts)
    .map(([shiftId, plan]) => ({ shiftId, ...plan }))
    .sort((one, other) => `${one.date}${one.from}`.localeCompare(`${other.date}${other.from}`)),
});

export function capacityView({ pool, settings, capacity }: Pool, now: Instant): CapacityView {
  const rows = Object.values(capacity?.rows ?? {});
  return {
    pool,
    version: capacity?.version ?? 0,
    slotMinutes: settings.slotMinutes,
    openings: openingsOf(rows, settings.slotMinutes * minuteMs, settings.timeZone, now),
    rows,
    handleTimes: [...(capacity?.handleTimes ?? [])],
    plannedSeconds: capacity?.settings.handleSeconds ?? settings.handleSeconds,
  };
}

/** The rows summed up by cell, and equal neighbours joined. */
function openingsOf(rows: readonly CapacityRow[], cellMs: number, zone: string, now: Instant): OpeningView[] {
  const totals = new Map<number, number>();
  for (const { from, cells } of rows) {
    const first = fromIso(from) / cellMs;
    cells.forEach((count, index) => totals.set(first + index, (totals.get(first + index) ?? 0) + count));
  }
  const spans: { first: number; end: number; callbacks: number }[] = [];
  for (const [cell, callbacks] of [...totals].sort(([one], [other]) => one - other)) {
    if (callbacks === 0 || cell < Math.floor(now / cellMs)) continue;
    const last = spans.at(-1);
    if (last?.end === cell && last.callbacks === callbacks) last.end = cell + 1;
    else spans.push({ first: cell, end: cell + 1, callbacks });
  }
  return spans.map(({ first, end, callbacks }) => ({
    from: toIso(first * cellMs),
    to: toIso(end * cellMs),
    localFrom: inZone(first * cellMs, zone)
      .toPlainTime()
      .toString({ smallestUnit: 'minute' }),
    callbacks,
  }));
}

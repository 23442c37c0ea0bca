import {
  type CapacityProjected,
  type CapacityRow,
  type HandleTime,
  type Staff,
  type CompletePoolSettings,
} from '@handover/contracts';
import { toIso, type Instant } from '@handover/kernel';
import { mixOf } from '../handle-time/mix.js';
import { inboundNeeds } from '../inbound/reserve.js';
import { type Pool, type PoolEvent } from '../pool.js';
import { sameJson } from '../same-json.js';
import { changedRows, goneRows } from './changed-rows.js';
import { gridAt } from './grid.js';
import { type Headcount, headcounts } from './headcount.js';
import { handlingOf, kindsOf, planFor } from './plan.js';
import { reservedOf, rowsOf } from './rows.js';
import { fitting, withinSize } from './size.js';
import { type AgentAtWork, type WaitingCallback } from './whereabouts.js';

/** A pool's capacity as it follows from what is known now. */
export interface Projection {
  /** As configured, but for `handleSeconds`: what is planned for an issue type that is not listed. */
  readonly settings: CompletePoolSettings;
  /** Earliest end first, then by group. */
  readonly rows: readonly CapacityRow[];
  /** By issue type, in alphabetical order. */
  readonly handleTimes: readonly HandleTime[];
  /** Agents from whom no row follows, in order of their skills. */
  readonly unpromised: readonly Staff[];
}

/**
 * How many callbacks may be in progress: per skill group and grid cell, from shifts, breaks, live states, callbacks in
 * hand and waiting, learned handle times and inbound load. Deterministic: the same input gives the same rows, whoever computes.
 */
export function project(
  pool: Pool,
  agents: readonly AgentAtWork[],
  now: Instant,
  waiting: readonly WaitingCallback[] = [],
): Projection {
  const { settings } = pool;
  const grid = gridAt(settings, now);
  const handling = handlingOf(pool);
  const counts = headcounts(agents, grid, now, mixOf(kindsOf(handling)), waiting);
  const reserved = reservedOf(counts, grid, inboundNeeds(pool.loads, settings, now));
  const peaks = counts.map(({ atWork }, place) =>
    atWork.reduce((most, count, index) => Math.max(most, count - (reserved[place]?.[index] ?? 0)), 0),
  );
  const { observed, unobserved, promises } = planFor(handling, settings, peaks);
  const rows = withinSize(rowsOf(counts, reserved, grid, now, promises));
  return {
    settings: { ...settings, handleSeconds: unobserved.plannedSeconds },
    rows,
    handleTimes: observed,
    unpromised: withoutRows(counts, rows),
  };
}

/** Beside the rows, in one event. */
const unpromisedBytesAtMost = 128 * 1024;

function withoutRows(counts: readonly Headcount[], rows: readonly CapacityRow[]): Staff[] {
  const promised = new Set(rows.map(({ skills }) => skills.join('+')));
  const all = counts
    .filter(({ skills }) => !promised.has(skills.join('+')))
    .map(({ skills, atWork }) => ({ skills: [...skills], onDuty: atWork.some((agents) => agents > 0) }));
  return fitting(all, unpromisedBytesAtMost);
}

/** Versions between full projections: a reader who begins anew reads at most so many back. */
export const versionsPerFull = 50;

/**
 * The event that takes the pool from its last published capacity to the present one; none if nothing changed. Full at
 * first, when settings changed, and every 50 versions; otherwise changed rows only. A row that is gone is one of zeros,
 * in a full one too, so that each event alone tells what is to be deleted elsewhere.
 */
export function projectCapacity(
  pool: Pool,
  agents: readonly AgentAtWork[],
  now: Instant,
  waiting: readonly WaitingCallback[] = [],
): PoolEvent[] {
  const { settings, rows, handleTimes, unpromised } = project(pool, agents, now, waiting);
  const known = pool.capacity;
  const before = Object.values(known?.rows ?? {});
  const gone = goneRows(before, rows);
  const sameSettings = sameJson(known?.settings, settings);
  const changed = sameSettings ? changedRows(before, rows, gridAt(settings, now)) : rows;
  const sameRest = sameJson(known?.handleTimes, handleTimes) && sameJson(known?.unpromised ?? [], unpromised);
  const nothingNew = changed.length === 0 && gone.length === 0 && sameRest;
  if (sameSettings && nothingNew) return [];

  const version = (known?.version ?? 0) + 1;
  const full = !sameSettings || version % versionsPerFull === 0;
  const data: CapacityProjected = {
    pool: pool.pool,
    version,
    full,
    settings,
    rows: [...(full ? rows : changed), ...gone],
    handleTimes: [...handleTimes],
    unpromised: [...unpromised],
    occurredAt: toIso(now),
  };
  return [{ type: 'CapacityProjected', data }];
}

// What is known of one pool: settings, handle times, inbound load, and the capacity that follows.
import {
  domainEvent,
  implausible,
  streams,
  type CapacityEvent,
  type CapacityProjected,
  type CapacityRow,
  type HandleTime,
  type HandleTimeObserved,
  type Implausible,
  type ObserveInboundLoad,
  type PoolSettings,
  type Staff,
  type VersionedEvent,
  withDefaults,
  type CompletePoolSettings,
} from '@handover/contracts';
import { fromIso, toIso, type Decision, type Instant, type Refusal } from '@handover/kernel';
import { type Agent } from './agent.js';
import { loadOf, withLoad, type InboundLoad } from './inbound/loads.js';
import { implausibleLoad, implausibleSettings } from './plausibility.js';
import { sameJson } from './same-json.js';

export const poolStream = streams.pool;

export type PoolEvent = Extract<
  CapacityEvent,
  { type: 'PoolConfigured' | 'InboundLoadObserved' | 'HandleTimeObserved' | 'CapacityProjected' }
>;

/** What was last published of a pool's capacity. */
export interface Capacity {
  readonly version: number;
  readonly settings: PoolSettings;
  /** By group. */
  readonly rows: Readonly<Record<string, CapacityRow>>;
  readonly handleTimes: readonly HandleTime[];
  /** Absent before the first version that tells. */
  readonly unpromised?: readonly Staff[];
}

export interface Pool {
  readonly pool: string;
  readonly settings: CompletePoolSettings;
  /** Latest handle times in seconds, by issue type. */
  readonly handled: Readonly<Record<string, readonly number[]>>;
  /** In order of their begin. */
  readonly loads: readonly InboundLoad[];
  readonly capacity?: Capacity;
}

/** Undefined until the pool is configured. */
export type MaybePool = Pool | undefined;
export const noPool: MaybePool = undefined;

/** Handle times that are learned from, for each issue type: the latest. */
const handledAtMost = 1_024;

/** Issue types that are learned; further ones take the pool's default. */
const issueTypesAtMost = 200;

/** The pool after one more event of `pool-<id>`. */
export function evolvePool(pool: MaybePool, stored: VersionedEvent): MaybePool {
  const event = domainEvent(stored);
  if (event?.type === 'PoolConfigured') {
    const { occurredAt: _, pool: name, ...settings } = event.data;
    return { handled: {}, loads: [], ...pool, pool: name, settings: withDefaults(settings) };
  }
  if (!pool) return undefined;
  switch (event?.type) {
    case 'HandleTimeObserved':
      return { ...pool, handled: withHandled(pool.handled, event.data) };
    case 'InboundLoadObserved':
      return { ...pool, loads: withLoad(pool.loads, loadOf(event.data), fromIso(event.data.occurredAt)) };
    case 'CapacityProjected':
      return { ...pool, capacity: evolveCapacity(pool.capacity, event.data) };
    default:
      return pool;
  }
}

function withHandled(handled: Pool['handled'], { issueType, seconds }: HandleTimeObserved): Pool['handled'] {
  const known = handled[issueType];
  if (!known && Object.keys(handled).length >= issueTypesAtMost) return handled;
  return { ...handled, [issueType]: [...(known ?? []), seconds].slice(-handledAtMost) };
}

/** The rows after one more projection: all are replaced if it is full, else those named; a row of zeros is gone. */
export function evolveCapacity(capacity: Capacity | undefined, projected: CapacityProjected): Capacity {
  const { version, settings, handleTimes, unpromised, full } = projected;
  const rows = new Map(full ? [] : Object.entries(capacity?.rows ?? {}));
  for (const row of projected.rows) {
    if (row.cells.some((cell) => cell > 0)) rows.set(row.group, row);
    else rows.delete(row.group);
  }
  return {
    version,
    settings,
    handleTimes,
    ...(unpromised && { unpromised }),
    rows: Object.fromEntries(rows),
  };
}

/** Creates the pool or replaces its settings; what a setting leaves open takes the default. */
export function configurePool(
  pool: MaybePool,
  name: string,
  settings: PoolSettings,
  now: Instant,
): Decision<PoolEvent, PoolRefused> {
  const violations = implausibleSettings(settings);
  if (violations.length > 0) return implausible(violations);
  if (pool && sameJson(pool.settings, withDefaults(settings))) return [];
  return [{ type: 'PoolConfigured', data: { ...settings, pool: name, occurredAt: toIso(now) } }];
}

export type PoolRefused = Implausible | Refusal<'unknown-pool' | 'unknown-skills' | 'empty-interval'>;

export const unknownPool = (pool: string): PoolRefused => ({
  refused: 'unknown-pool',
  why: `No pool "${pool}" is configured. Configure it first: PUT /v1/pools/${pool}.`,
});

/**
 * Takes a count or forecast of inbound calls; a report of the same interval again replaces the earlier one.
 * @param agents of the pool: calls that none of them can take would reserve nobody
 */
export function observeInboundLoad(
  pool: MaybePool,
  report: ObserveInboundLoad,
  agents: readonly Pick<Agent, 'skills'>[],
  now: Instant,
): Decision<PoolEvent, PoolRefused> {
  if (!pool) return unknownPool(report.pool);
  const { skills = [] } = report;
  if (skills.length > 0 && !agents.some((agent) => skills.every((skill) => agent.skills.includes(skill))))
    return {
      refused: 'unknown-skills',
      why: `No agent of pool "${report.pool}" has all of these skills: ${skills.join(', ')}.`,
    };
  const violations = implausibleLoad(report, now);
  if (violations.length > 0) return implausible(violations);
  const load = loadOf(report);
  if (load.from >= load.until)
    return {
      refused: 'empty-interval',
      why: 'The interval ends before it begins: "to" must be after "from".',
    };
  if (pool.loads.some((known) => sameJson(known, load))) return [];
  return [{ type: 'InboundLoadObserved', data: { ...report, occurredAt: toIso(now) } }];
}

/** Learns from a completed callback. */
export function observeHandleTime(
  pool: MaybePool,
  observed: Omit<HandleTimeObserved, 'occurredAt'>,
  now: Instant,
): Decision<PoolEvent, PoolRefused> {
  if (!pool) return unknownPool(observed.pool);
  return [{ type: 'HandleTimeObserved', data: { ...observed, occurredAt: toIso(now) } }];
}

import { type DatabaseSync, type SQLInputValue } from 'node:sqlite';
import {
  type Agent,
  type AgentAtWork,
  type Capacity,
  type CarriedCallback,
  type MaybeAgent,
  type MaybePool,
  type OpenCallback,
  type Pool,
} from '@handover/capacity';
import { type Instant } from '@handover/kernel';
import { type Revision } from '@handover/platform';

/** The state of a stream, and how far it was read. */
export interface Versioned<State> {
  readonly state: State;
  readonly revision: Revision | 'none';
}

type Row = Record<string, unknown>;

const rowOf = (view: DatabaseSync, sql: string, ...keys: SQLInputValue[]): Row | undefined =>
  view.prepare(sql).get(...keys);

/** A column that the view itself wrote. */
const json = <Value>(row: Row, column: string): Value => JSON.parse(String(row[column])) as Value;

const poolOf = (row: Row): Pool => ({
  ...json<Omit<Pool, 'capacity'>>(row, 'facts'),
  ...(row['capacity'] !== null && { capacity: json<Capacity>(row, 'capacity') }),
});

export function readPool(view: DatabaseSync, pool: string): Versioned<MaybePool> {
  const row = rowOf(view, 'SELECT * FROM pool WHERE pool = ?', pool);
  return row
    ? { state: poolOf(row), revision: Number(row['revision']) }
    : { state: undefined, revision: 'none' };
}

export function readAgent(view: DatabaseSync, agentId: string): Versioned<MaybeAgent> {
  const row = rowOf(view, 'SELECT agent, revision FROM agent WHERE agent_id = ?', agentId);
  if (!row) return { state: undefined, revision: 'none' };
  return { state: json<Agent>(row, 'agent'), revision: Number(row['revision']) };
}

export function readCallback(view: DatabaseSync, callbackId: string): OpenCallback | undefined {
  const row = rowOf(view, 'SELECT callback FROM callback WHERE callback_id = ?', callbackId);
  return row && json<OpenCallback>(row, 'callback');
}

/** How often each pool's input has changed. */
export const readChanges = (view: DatabaseSync): Map<string, number> =>
  new Map(
    view
      .prepare('SELECT pool, changes FROM pool')
      .all()
      .map((row) => [String(row['pool']), Number(row['changes'])]),
  );

/** Every pool in order of its name, with the number of its agents. */
export const readPools = (view: DatabaseSync): { pool: Pool; agents: number }[] =>
  view
    .prepare(
      'SELECT *, (SELECT count(*) FROM agent WHERE agent.pool = pool.pool) AS agents FROM pool ORDER BY pool',
    )
    .all()
    .map((row) => ({ pool: poolOf(row), agents: Number(row['agents']) }));

export const countAgents = (view: DatabaseSync, pool: string): number =>
  Number(rowOf(view, 'SELECT count(*) AS agents FROM agent WHERE pool = ?', pool)?.['agents'] ?? 0);

/** The agents of a pool, in order of their ids, with the callbacks that they have in hand. */
export function readAgentsOf(view: DatabaseSync, pool: string): AgentAtWork[] {
  const carried = Map.groupBy(
    view
      .prepare('SELECT callback FROM callback JOIN agent USING (agent_id) WHERE agent.pool = ?')
      .all(pool)
      .map((row) => json<OpenCallback & CarriedCallback>(row, 'callback')),
    ({ agentId }) => agentId,
  );
  return view
    .prepare('SELECT agent, freed_ms FROM agent WHERE pool = ? ORDER BY agent_id')
    .all(pool)
    .map((row) => {
      const agent = json<Agent>(row, 'agent');
      const freedAt = row['freed_ms'] === null ? undefined : Number(row['freed_ms']);
      return { ...agent, callbacks: carried.get(agent.agentId) ?? [], freedAt };
    });
}

/** Callbacks of a pool that are due by a moment, and that no agent has or ever had on the line. */
export const readWaiting = (view: DatabaseSync, pool: string, now: Instant): OpenCallback[] =>
  view
    .prepare(
      'SELECT callback FROM callback WHERE pool = ? AND start_ms <= ? AND agent_id IS NULL AND dialled = 0',
    )
    .all(pool, now)
    .map((row) => json<OpenCallback>(row, 'callback'));

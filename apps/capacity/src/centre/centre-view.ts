import { type DatabaseSync } from 'node:sqlite';
import { evolveAgent, evolveCallback, evolvePool } from '@handover/capacity';
import { categoriesOf } from '@handover/contracts';
import { fromIso } from '@handover/kernel';
import { type Projection, type StoredEvent } from '@handover/platform';
import { readAgent, readCallback, readPool } from './centre-rows.js';

/**
 * `changes` counts what may change the pool's capacity: it tells the projector where there is work. A published
 * projection does not count.
 */
const schema = `
  CREATE TABLE pool (
    pool TEXT PRIMARY KEY,
    facts TEXT NOT NULL,
    capacity TEXT,
    revision INTEGER NOT NULL,
    changes INTEGER NOT NULL
  ) STRICT;
  CREATE TABLE agent (
    agent_id TEXT PRIMARY KEY,
    pool TEXT NOT NULL,
    agent TEXT NOT NULL,
    revision INTEGER NOT NULL,
    freed_ms INTEGER
  ) STRICT;
  CREATE INDEX agent_by_pool ON agent (pool);
  CREATE TABLE callback (
    callback_id TEXT PRIMARY KEY,
    pool TEXT NOT NULL,
    start_ms INTEGER NOT NULL,
    agent_id TEXT,
    dialled INTEGER NOT NULL,
    callback TEXT NOT NULL
  ) STRICT;
  CREATE INDEX callback_by_agent ON callback (agent_id) WHERE agent_id IS NOT NULL;
  CREATE INDEX callback_by_start ON callback (pool, start_ms) WHERE agent_id IS NULL AND dialled = 0;
`;

/** A row for each pool, agent and open callback: the present of the centre, whatever the length of its history. */
export const centreView: Projection = {
  name: 'capacity-centre',
  version: 2,
  filter: { categories: [...categoriesOf.capacity, 'callback'] },
  schema,
  apply: (event, view) => {
    if (event.stream.startsWith('agent-')) applyToAgent(event, view);
    else if (event.stream.startsWith('pool-')) applyToPool(event, view);
    else applyToCallback(event, view);
  },
};

function applyToPool(event: StoredEvent, view: DatabaseSync): void {
  const name = event.stream.slice('pool-'.length);
  const before = readPool(view, name);
  const pool = evolvePool(before.state, event);
  if (!pool) return;
  const { capacity, ...facts } = pool;
  if (!before.state)
    view
      .prepare('INSERT INTO pool VALUES (?, ?, NULL, ?, 0)')
      .run(name, JSON.stringify(facts), event.revision);
  if (capacity !== before.state?.capacity)
    view
      .prepare('UPDATE pool SET capacity = ?, revision = ? WHERE pool = ?')
      .run(JSON.stringify(capacity), event.revision, name);
  else
    view
      .prepare('UPDATE pool SET facts = ?, revision = ?, changes = changes + 1 WHERE pool = ?')
      .run(JSON.stringify(facts), event.revision, name);
}

function applyToAgent(event: StoredEvent, view: DatabaseSync): void {
  const agentId = event.stream.slice('agent-'.length);
  const before = readAgent(view, agentId).state;
  const agent = evolveAgent(before, event);
  if (!agent) return;
  view
    .prepare(
      `INSERT INTO agent VALUES (?, ?, ?, ?, NULL) ON CONFLICT (agent_id)
       DO UPDATE SET pool = excluded.pool, agent = excluded.agent, revision = excluded.revision`,
    )
    .run(agentId, agent.pool, JSON.stringify(agent), event.revision);
  for (const pool of new Set([agent.pool, before?.pool ?? agent.pool])) countChange(view, pool);
}

function applyToCallback(event: StoredEvent, view: DatabaseSync): void {
  const callbackId = event.stream.slice('callback-'.length);
  const before = readCallback(view, callbackId);
  const callback = evolveCallback(before, event);
  if (callback === before) return;
  if (callback)
    view
      .prepare('INSERT OR REPLACE INTO callback VALUES (?, ?, ?, ?, ?, ?)')
      .run(
        callbackId,
        callback.pool,
        callback.start,
        callback.agentId ?? null,
        Number(callback.dialled ?? false),
        JSON.stringify(callback),
      );
  else view.prepare('DELETE FROM callback WHERE callback_id = ?').run(callbackId);
  if (before?.agentId !== undefined && before.agentId !== callback?.agentId)
    view
      .prepare('UPDATE agent SET freed_ms = ? WHERE agent_id = ?')
      .run(fromIso(event.metadata.recordedAt), before.agentId);
  for (const agentId of new Set([before?.agentId, callback?.agentId])) {
    const pool = agentId !== undefined && readAgent(view, agentId).state?.pool;
    if (pool) countChange(view, pool);
  }
}

const countChange = (view: DatabaseSync, pool: string): void =>
  void view.prepare('UPDATE pool SET changes = changes + 1 WHERE pool = ?').run(pool);

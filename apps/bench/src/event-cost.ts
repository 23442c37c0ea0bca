import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Json, VirtualClock, idFrom } from '@handover/kernel';
import { sqliteEventStore } from '@handover/platform';
import { type Figures, median } from './bench.js';

const revision = 'CREATE UNIQUE INDEX by_revision ON events (stream, revision);';
const category = 'CREATE INDEX by_category ON events (category); CREATE INDEX by_type ON events (type);';
const id = 'CREATE INDEX by_id ON events (id);';
const correlation = 'CREATE INDEX by_correlation ON events (correlation_id);';

/** Each with one thing more than the one before; the last can be asked all that the event store can. */
const tables: readonly { readonly indexes: string; readonly sql: string }[] = [
  { indexes: 'none', sql: '' },
  { indexes: 'revision', sql: revision },
  { indexes: 'revision, category, type', sql: revision + category },
  { indexes: 'revision, category, type, id', sql: revision + category + id },
  { indexes: 'revision, category, type, id, correlation', sql: revision + category + id + correlation },
];

const content: Json = { text: 'x'.repeat(700) };
const about = { causationId: idFrom('cause'), schemaVersion: 1 };
const data = JSON.stringify(content);
const metadata = JSON.stringify(about);
const stream = 'slotbook-bench-2026-11-23';
const type = 'OffersHeld';

/** Its own id, and that of its history, which is the history of two. */
const idsOf = (events: number): readonly (readonly [id: string, of: string])[] =>
  Array.from({ length: events }, (_, index) => [idFrom('event', index), idFrom('of', index >> 1)]);

const perEvent = (events: number, began: number, { user, system }: NodeJS.CpuUsage): Figures => ({
  microseconds: Number(((1_000 * (performance.now() - began)) / events).toFixed(1)),
  cpuMicroseconds: Number(((user + system) / events).toFixed(1)),
});

/** Per event, `size` of them in each transaction; `synchronous=FULL`. */
function append(file: string, indexes: string, events: number, size: number): Figures {
  using database = new DatabaseSync(file);
  database.exec(`
    PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -32000; PRAGMA wal_autocheckpoint = 4000;
    CREATE TABLE events (
      position INTEGER PRIMARY KEY AUTOINCREMENT, stream TEXT NOT NULL, revision INTEGER NOT NULL, id TEXT NOT NULL,
      category TEXT NOT NULL GENERATED ALWAYS AS (substr(stream, 1, instr(stream, '-') - 1)) VIRTUAL,
      type TEXT NOT NULL, correlation_id TEXT NOT NULL, data TEXT NOT NULL, metadata TEXT NOT NULL
    ) STRICT;
    ${indexes}
  `);
  const insert = database.prepare(
    'INSERT INTO events (stream, revision, id, type, correlation_id, data, metadata) VALUES (?, ?, ?, ?, ?, ?, ?)',
  );
  const ids = idsOf(events);
  const [began, cpuBegan] = [performance.now(), process.cpuUsage()];
  for (let first = 0; first < events; first += size) {
    database.exec('BEGIN IMMEDIATE');
    for (const [index, [event, of]] of ids.slice(first, first + size).entries())
      insert.run(stream, first + index, event, type, of, data, metadata);
    database.exec('COMMIT');
  }
  return perEvent(events, began, process.cpuUsage(cpuBegan));
}

/** The same events through the event store: as many an append, made JSON of, checked, and found by id and correlation. */
async function appendToStore(file: string, events: number, size: number): Promise<Figures> {
  const store = sqliteEventStore({ file, clock: new VirtualClock(0) });
  const ids = idsOf(events);
  const [began, cpuBegan] = [performance.now(), process.cpuUsage()];
  for (let first = 0; first < events; first += size) {
    const batch = ids.slice(first, first + size).map(([id, correlationId]) => ({
      id,
      type,
      data: content,
      metadata: { ...about, correlationId },
    }));
    await store.append(stream, batch, 'any');
  }
  const cost = perEvent(events, began, process.cpuUsage(cpuBegan));
  await store.close();
  return cost;
}

/** Median ms of a sync after 32 KiB: into a file that grows, then into the same file again. */
function syncs(file: string): Figures[] {
  const handle = openSync(file, 'w');
  const block = Buffer.alloc(32_768, 1);
  const figures = ['growing file', 'file of the same size'].map((what) => {
    const ms = Array.from({ length: 300 }, (_, index) => {
      writeSync(handle, block, 0, block.length, index * block.length);
      const began = performance.now();
      fsyncSync(handle);
      return performance.now() - began;
    });
    return { what: `fsync, ${what}`, ms: Number(median(ms).toFixed(3)) };
  });
  closeSync(handle);
  return figures;
}

/** The floor under everything durable: this disk's sync, and what SQLite takes for one event by the indexes it keeps. */
export async function benchEventCost({ events = 40_000, size = 512 }): Promise<readonly Figures[]> {
  const folder = await mkdtemp(join(tmpdir(), 'handover-bench-'));
  try {
    const costs = tables.map(({ indexes, sql }, number) => ({
      what: `event with indexes: ${indexes}`,
      ...append(join(folder, `${number}.db`), sql, events, size),
    }));
    const store = {
      what: 'event through the event store',
      ...(await appendToStore(join(folder, 'store.db'), events, size)),
    };
    return [...syncs(join(folder, 'file')), ...costs, store];
  } finally {
    await rm(folder, { recursive: true });
  }
}

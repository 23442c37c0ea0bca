import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Figures, timed } from './bench.js';
import { EngineAndLog } from './durable/engine-and-log.js';
import { Postgres, findPostgres } from './durable/postgres.js';
import { Service } from './durable/service.js';
import { dropAll, sqlWays } from './durable/sql-ways.js';

/** Callers that wait for an answer at once: the 8 connections of the databases, and as many as a service has on a busy day. */
const callerCounts = [8, 64, 512];
const databaseClients = [8, 64];

/** Something that holds a slot and confirms it, durably, for one caller after the other. */
export interface Reservations {
  /** Two decisions: resolves when both are on the disk. */
  holdAndConfirm(): Promise<void>;
  close(): Promise<void>;
}

/** So many callers, each asking again when it has its answer. */
async function measure(
  name: string,
  reservations: Reservations,
  callers: number,
  seconds: number,
): Promise<Figures> {
  let done = 0;
  const until = performance.now() + 1_000 * seconds;
  const call = async (): Promise<void> => {
    while (performance.now() < until) {
      await reservations.holdAndConfirm();
      done += 1;
    }
  };
  const took = await timed(() => Promise.all(Array.from({ length: callers }, call)));
  return { way: name, callers, decisionsPerSecond: Math.round((2 * done) / took.seconds) };
}

async function ours(folder: string, seconds: number): Promise<Figures[]> {
  const ways = [
    { name: 'engine + event store', open: () => EngineAndLog.open(join(folder, 'engine.db')) },
    { name: 'slot book of the service', open: () => Service.open(join(folder, 'service.db')) },
  ];
  const figures: Figures[] = [];
  for (const { name, open } of ways) {
    const reservations = await open();
    for (const callers of callerCounts) figures.push(await measure(name, reservations, callers, seconds));
    await reservations.close();
  }
  return figures;
}

async function databases(folder: string, seconds: number): Promise<Figures[]> {
  const bin = findPostgres();
  if (!bin)
    return [{ way: 'PostgreSQL is not installed (Debian: postgresql)', callers: 0, decisionsPerSecond: 0 }];
  const postgres = await Postgres.start(bin, folder);
  const figures: Figures[] = [];
  try {
    for (const { name, schema, script } of sqlWays) {
      await postgres.sql(schema);
      for (const clients of databaseClients) {
        const perSecond = await postgres.pgbench(script, clients, seconds);
        figures.push({ way: name, callers: clients, decisionsPerSecond: Math.round(2 * perSecond) });
      }
      await postgres.sql(dropAll);
    }
  } finally {
    await postgres.stop();
  }
  return figures;
}

/** The same disk, the same durability: a decision counts when it is synced. Ratios are to the best database with 8 clients. */
export async function benchReservationDurable({ seconds = 10 }): Promise<readonly Figures[]> {
  const folder = await mkdtemp(join(tmpdir(), 'handover-bench-'));
  try {
    const figures = [...(await databases(folder, seconds)), ...(await ours(folder, seconds))];
    const best = Math.max(
      ...figures
        .filter(({ way, callers }) => String(way).startsWith('PostgreSQL') && callers === 8)
        .map(({ decisionsPerSecond }) => Number(decisionsPerSecond)),
    );
    return figures.map((each) => ({
      ...each,
      toBestDatabase: Number((Number(each['decisionsPerSecond']) / best).toFixed(1)),
    }));
  } finally {
    await rm(folder, { recursive: true });
  }
}

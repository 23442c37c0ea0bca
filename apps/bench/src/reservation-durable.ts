import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Figures, timed } from './bench.js';
import { EngineAndLog } from './durable/engine-and-log.js';
import { Postgres, findPostgres } from './durable/postgres.js';
import { Service } from './durable/service.js';
import { type Demand, dropAll, sqlWays } from './durable/sql-ways.js';

/** The 8 connections that the comparison is made with, and 64. */
const databaseClients = [8, 64];

/** Something that holds a slot and confirms it, durably, for one caller after the other. */
export interface Reservations {
  /** Two decisions: resolves when both are on the disk. */
  holdAndConfirm(): Promise<void>;
  close(): Promise<void>;
}

interface Way {
  readonly name: string;
  readonly demand: Demand;
  /** Callers that wait for an answer at once. 1 is what one pool has over the bus, where its commands come one by one. */
  readonly callers: readonly number[];
  open(folder: string): Promise<Reservations>;
}

const ours: readonly Way[] = [
  {
    name: 'engine + event store',
    demand: 'anywhere',
    callers: [8, 64, 512],
    open: (folder) => EngineAndLog.open(join(folder, 'engine.db')),
  },
  {
    name: 'slot book of the service',
    demand: 'earliest',
    callers: [1, 8, 64, 512],
    open: (folder) => Service.open(join(folder, 'service.db')),
  },
];

/** So many callers, each asking again when it has its answer. Gives decisions a second. */
async function measure(reservations: Reservations, callers: number, seconds: number): Promise<Cost> {
  let done = 0;
  const cpuBegan = process.cpuUsage();
  const until = performance.now() + 1_000 * seconds;
  const call = async (): Promise<void> => {
    while (performance.now() < until) {
      await reservations.holdAndConfirm();
      done += 1;
    }
  };
  const took = await timed(() => Promise.all(Array.from({ length: callers }, call)));
  const { user, system } = process.cpuUsage(cpuBegan);
  return costOf((2 * done) / took.seconds, took.seconds, user + system);
}

interface Cost {
  readonly decisionsPerSecond: number;
  /** Of our process, callers included; or of PostgreSQL's processes, `pgbench` not included. */
  readonly cpuMicrosPerDecision: number;
}

const costOf = (perSecond: number, seconds: number, cpuMicros: number): Cost => ({
  decisionsPerSecond: Math.round(perSecond),
  cpuMicrosPerDecision: Number((cpuMicros / (perSecond * seconds)).toFixed(1)),
});

interface Measured extends Cost {
  readonly way: string;
  readonly demand: Demand;
  readonly callers: number;
}

async function measureOurs(folder: string, seconds: number): Promise<Measured[]> {
  const measured: Measured[] = [];
  for (const { name: way, demand, callers: counts, open } of ours) {
    const reservations = await open(folder);
    for (const callers of counts)
      measured.push({ way, demand, callers, ...(await measure(reservations, callers, seconds)) });
    await reservations.close();
  }
  return measured;
}

async function measureDatabase(bin: string, folder: string, seconds: number): Promise<Measured[]> {
  const postgres = await Postgres.start(bin, folder);
  const measured: Measured[] = [];
  try {
    for (const { name: way, demand, schema, script } of sqlWays) {
      await postgres.sql(schema);
      for (const callers of databaseClients) {
        const cpuBegan = postgres.processorMs();
        const decisionsPerSecond = 2 * (await postgres.pgbench(script, callers, seconds));
        const cpuMicros = 1_000 * (postgres.processorMs() - cpuBegan);
        measured.push({ way, demand, callers, ...costOf(decisionsPerSecond, seconds, cpuMicros) });
      }
      await postgres.sql(dropAll);
    }
  } finally {
    await postgres.stop();
  }
  return measured;
}

/** To the best database with 8 clients, whatever its demand, and to the best that is asked the same. */
function ratios({ decisionsPerSecond, demand }: Measured, database: readonly Measured[]): Figures {
  const toBest = (of: readonly Measured[]): number =>
    Number((decisionsPerSecond / Math.max(...of.map((each) => each.decisionsPerSecond))).toFixed(2));
  const of8 = database.filter(({ callers }) => callers === 8);
  return { toBestDatabase: toBest(of8), toBestAlike: toBest(of8.filter((each) => each.demand === demand)) };
}

/** The same disk, the same durability: a decision counts when it is synced. */
export async function benchReservationDurable({ seconds = 10 }): Promise<readonly Figures[]> {
  const bin = findPostgres();
  if (!bin)
    console.error(
      'PostgreSQL is missing, so there is nothing to compare with: apt-get install -y postgresql',
    );
  const folder = await mkdtemp(join(tmpdir(), 'handover-bench-'));
  try {
    const database = bin ? await measureDatabase(bin, folder, seconds) : [];
    const measured = [...database, ...(await measureOurs(folder, seconds))];
    return measured.map((each) => ({ ...each, ...(bin && ratios(each, database)) }));
  } finally {
    await rm(folder, { recursive: true });
  }
}

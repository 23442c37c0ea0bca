import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { VirtualClock } from '@handover/kernel';
import { type EventStore, sqliteEventStore } from '@handover/platform';
import { type Figures, median, timed } from './bench.js';
import { sampleEvent } from './sample-events.js';

/** A small projection: what each pool was asked for, and how much was written about it. */
class Requests {
  readonly byPool = new Map<string, { requests: number; attempts: number }>();
  count = 0;

  apply(type: string, data: { readonly pool: string; readonly attempted: readonly string[] }): void {
    const pool = this.byPool.get(data.pool) ?? { requests: 0, attempts: 0 };
    if (type === 'HandoverRequested') pool.requests += 1;
    pool.attempts += data.attempted.length;
    this.byPool.set(data.pool, pool);
    this.count += 1;
  }
}

type Data = Parameters<Requests['apply']>[1];

async function fill(store: EventStore, count: number): Promise<void> {
  const writers = 256;
  for (let first = 0; first < count; first += writers) {
    const numbers = Array.from({ length: Math.min(writers, count - first) }, (_, index) => first + index);
    await Promise.all(
      numbers.map((number) => {
        const { stream, event } = sampleEvent(number);
        return store.append(stream, [event], 'any');
      }),
    );
  }
}

/** Scan and JSON.parse, nothing else: the least that any replay must do. */
function bare(file: string): Requests {
  using database = new DatabaseSync(file, { readOnly: true });
  const requests = new Requests();
  for (const row of database.prepare('SELECT type, data, metadata FROM events ORDER BY position').iterate()) {
    const data: Data = JSON.parse(String(row['data']));
    JSON.parse(String(row['metadata']));
    requests.apply(String(row['type']), data);
  }
  return requests;
}

/** As a projection gets its events: a subscription from the begin of the log, one event at a time. */
async function subscribed(store: EventStore, heapMb: number[]): Promise<Requests> {
  const requests = new Requests();
  await new Promise<void>((caughtUp) => {
    const subscription = store.subscribe({
      filter: { categories: ['handover'] },
      onEvent: async ({ type, data }) => {
        requests.apply(type, data as Data);
        if (requests.count % 10_000 === 0) heapMb.push(process.memoryUsage().heapUsed / 1e6);
      },
      onCaughtUp: () => caughtUp(subscription.stop()),
    });
  });
  return requests;
}

async function measure(folder: string, count: number, rounds: number): Promise<Figures> {
  const file = join(folder, 'log.db');
  const store = sqliteEventStore({ file, clock: new VirtualClock(0) });
  await fill(store, count);
  const perSecond = { bare: [] as number[], replay: [] as number[] };
  const heapMb: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const scan = await timed(() => bare(file));
    const replay = await timed(() => subscribed(store, heapMb));
    if (scan.result.count !== count || replay.result.count !== count)
      throw new Error('A replay has missed events.');
    perSecond.bare.push(count / scan.seconds);
    perSecond.replay.push(count / replay.seconds);
  }
  await store.close();
  const ratios = perSecond.replay.map((speed, round) => speed / (perSecond.bare[round] ?? Number.NaN));
  return {
    events: count,
    barePerSecond: Math.round(median(perSecond.bare)),
    replayPerSecond: Math.round(median(perSecond.replay)),
    ratio: Number(median(ratios).toFixed(2)),
    heapMedianMb: Math.round(median(heapMb)),
    heapMostMb: Math.round(Math.max(...heapMb)),
  };
}

/** Events a second into a projection's fold, and by a bare scan of the same file; heap while it runs. */
export async function benchReplay({ events = 200_000, rounds = 3 }): Promise<Figures[]> {
  const folder = await mkdtemp(join(tmpdir(), 'handover-bench-'));
  try {
    return [await measure(folder, events, rounds)];
  } finally {
    await rm(folder, { recursive: true });
  }
}

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { VirtualClock } from '@handover/kernel';
import { sqliteEventStore } from '@handover/platform';
import { BareSqlite } from './bare-sqlite.js';
import { type Figures, median, timed } from './bench.js';
import { sampleEvent, sampleType } from './sample-events.js';

type Samples = readonly ReturnType<typeof sampleEvent>[];

/** Each writer waits for its append before it begins the next one. */
async function adapter(file: string, samples: Samples, writers: number): Promise<void> {
  const store = sqliteEventStore({ file, clock: new VirtualClock(0) });
  let next = 0;
  const write = async (): Promise<void> => {
    for (let sample = samples[next++]; sample; sample = samples[next++])
      await store.append(sample.stream, [sample.event], 'any');
  };
  await Promise.all(Array.from({ length: writers }, write));
  await store.close();
}

/** The same events; as many in one transaction as there are writers, which is the best that group commit can do. */
function bare(file: string, samples: Samples, writers: number): void {
  using table = new BareSqlite(file);
  for (let first = 0; first < samples.length; first += writers) {
    const group = samples.slice(first, first + writers);
    table.append(
      group.map(({ stream, revision, event: { id, data, metadata } }) => ({
        stream,
        revision,
        id,
        data: Object(data),
        metadata,
      })),
      sampleType,
    );
  }
}

async function compare(folder: string, writers: number, count: number, rounds: number): Promise<Figures> {
  const samples = Array.from({ length: count }, (_, number) => sampleEvent(number));
  const perSecond = { bare: [] as number[], adapter: [] as number[] };
  for (let round = 0; round < rounds; round += 1) {
    const file = (name: string): string => join(folder, `${name}-${writers}-${round}.db`);
    const bareTime = await timed(() => bare(file('bare'), samples, writers));
    const adapterTime = await timed(() => adapter(file('adapter'), samples, writers));
    perSecond.bare.push(count / bareTime.seconds);
    perSecond.adapter.push(count / adapterTime.seconds);
  }
  const ratios = perSecond.adapter.map((speed, round) => speed / (perSecond.bare[round] ?? Number.NaN));
  return {
    writers,
    events: count,
    barePerSecond: Math.round(median(perSecond.bare)),
    adapterPerSecond: Math.round(median(perSecond.adapter)),
    ratio: Number(median(ratios).toFixed(2)),
  };
}

/** Durable appends a second through the adapter and by hand, with one writer and with 64. */
export async function benchAppend({ events = 40_000, rounds = 5 }): Promise<Figures[]> {
  const folder = await mkdtemp(join(tmpdir(), 'handover-bench-'));
  try {
    // One writer waits for the disk after each event: an eighth of the events takes about as long.
    return [
      await compare(folder, 1, Math.ceil(events / 8), rounds),
      await compare(folder, 64, events, rounds),
    ];
  } finally {
    await rm(folder, { recursive: true });
  }
}

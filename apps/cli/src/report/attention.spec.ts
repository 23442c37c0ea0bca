import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { type ProcessStatus, type RelayReport } from '@handover/platform/access';
import { attention } from './attention.js';
import { type Overview } from './screen.js';

const up = { status: 'up', detail: 'fine' } as const;
const relay: RelayReport = {
  state: 'active',
  waiting: 0,
  published: 5,
  failures: 0,
  holder: 'vm-1/a',
  delayMs: 0,
  backlog: 0,
};
const checks = { store: up, consumer: up, relay: up };
type Service = ProcessStatus['services'][number];
const service = (more: Partial<Service> = {}): Service => ({
  service: 'intake',
  status: 'up',
  checks,
  relay,
  projections: [],
  ...more,
});
const overview = (services: readonly Service[], more: Partial<ProcessStatus> = {}): Overview => ({
  processes: [
    {
      at: 'http://h',
      status: { instance: 'vm-1', now: '2026-11-23T10:00:00.000Z', services, consumers: [], ...more },
    },
  ],
  unreachable: [],
});
const consumer = {
  group: 'handover-intake',
  topics: [],
  partitions: 12,
  inHand: 0,
  queued: 0,
  retrying: 0,
  handled: 0,
  deadLettered: 0,
  parkedKeys: 0,
};

describe('what wants attention', () => {
  it('is nothing when all is well', () => {
    expect(attention(overview([service()], { consumers: [consumer] }))).toEqual([]);
  });

  it.each<[string, Overview]>([
    ['intake: no relay publishes', overview([service({ relay: { ...relay, holder: undefined } })])],
    [
      'intake: 7 events wait for the broker, the oldest for 2 min',
      overview([service({ relay: { ...relay, backlog: 7, delayMs: 120_000 } })]),
    ],
    [
      'intake: relay is degraded: blocked: no broker',
      overview([
        service({ checks: { ...checks, relay: { status: 'degraded', detail: 'blocked: no broker' } } }),
      ]),
    ],
    [
      'intake: store is down: StoreUnavailable',
      overview([service({ checks: { ...checks, store: { status: 'down', detail: 'StoreUnavailable' } } })]),
    ],
    ['handover-intake: 2 key(s) wait', overview([], { consumers: [{ ...consumer, parkedKeys: 2 }] })],
    ['handover-intake: 1 message(s) failed', overview([], { consumers: [{ ...consumer, retrying: 1 }] })],
    [
      'http://h does not answer',
      { processes: [], unreachable: [{ at: 'http://h', fault: 'http://h does not answer' }] },
    ],
  ])('%s', (said, seen) => {
    expect(attention(seen)).toEqual([expect.stringContaining(said)]);
  });

  it('is said once, however many replicas show it', () => {
    const stopped = service({
      checks: { ...checks, consumer: { status: 'degraded', detail: 'interrupted' } },
    });
    expect(attention(overview([stopped, stopped]))).toHaveLength(1);
  });

  it('refers to chapters that docs/operations.md has', () => {
    const guide = readFileSync(resolve(import.meta.dirname, '../../../../docs/operations.md'), 'utf8');
    const chapters = [...guide.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
      title.toLowerCase().replaceAll(' ', '-'),
    );
    const broken = { status: 'down', detail: 'x' } as const;
    const all = overview(
      [service({ checks: { store: broken, consumer: broken, relay: broken, 'projection x': broken } })],
      { consumers: [{ ...consumer, parkedKeys: 1 }] },
    );
    const named = attention(all).map((line) => /#([a-z-]+)\)$/.exec(line)?.[1]);
    expect(named).toHaveLength(5);
    for (const chapter of named) expect(chapters).toContain(chapter);
  });
});

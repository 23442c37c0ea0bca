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
const aView = { name: 'outcomes', version: 1, wasLive: true, eventsApplied: 1, file: 'outcomes.v1.db' };
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

  it('says of a store that takes nothing only that, and names its chapter', () => {
    const down = {
      store: { status: 'down', detail: 'takes no events: the disk is full' },
      relay: { status: 'down', detail: 'starting' },
      consumer: up,
    } as const;
    const full = service({ checks: down, relay: { ...relay, state: 'starting', holder: undefined } });
    expect(attention(overview([full]))).toEqual([
      'intake: store is down: takes no events: the disk is full (docs/operations.md#the-event-store-is-down)',
    ]);
  });

  it('sends to the store, and to no projection, where a view stopped because the log cannot be read', () => {
    const fault = { eventId: '', type: '', message: 'StoreUnavailable: the file is damaged' };
    const view = { ...aView, state: 'stopped', fault } as const;
    const stopped = { ...checks, 'projection outcomes': { status: 'degraded', detail: 'stopped' } } as const;
    expect(attention(overview([service({ checks: stopped, projections: [view] })]))).toEqual([
      expect.stringMatching(/the file is damaged \(docs\/operations\.md#the-event-store-is-down\)$/),
    ]);
    const both = { ...stopped, store: { status: 'down', detail: 'the file is damaged' } } as const;
    expect(attention(overview([service({ checks: both, projections: [view] })]))).toEqual([
      expect.stringContaining('store is down'),
    ]);
  });

  it('says of a view whose disk is full that it is behind, and why', () => {
    const fault = { eventId: '', type: '', message: 'the disk is full' };
    const view = { ...aView, state: 'catching-up', fault } as const;
    const detail = 'catching-up, its file takes nothing: the disk is full';
    const behind = { ...checks, 'projection outcomes': { status: 'degraded', detail } } as const;
    expect(attention(overview([service({ checks: behind, projections: [view] })]))).toEqual([
      `intake: projection outcomes is degraded: ${detail} (docs/operations.md#a-projection-is-stuck)`,
    ]);
  });

  it('finds processes that do not share one event store by their leases', () => {
    const at = (holder: string, state: RelayReport['state'] = 'active') =>
      overview([service({ service: 'reservation', relay: { ...relay, holder, state } })]).processes;
    const told = (...processes: Overview['processes'][]): string[] =>
      attention({ processes: processes.flat(), unreachable: [] });
    expect(told(at('vm-1/a'), at('vm-2/b'))).toEqual([
      expect.stringContaining(
        '2 relays are active for reservation: these processes do not share one event store',
      ),
    ]);
    expect(told(at('vm-1/a'), at('vm-1/a', 'standby'))).toEqual([]);
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
    const all = overview([service({ checks: { store: broken, consumer: broken, 'projection x': broken } })], {
      consumers: [{ ...consumer, parkedKeys: 1 }],
    });
    const blocked = service({ service: 'x', checks: { ...checks, relay: broken } });
    const another = overview([service({ relay: { ...relay, holder: 'vm-2/b' } })]);
    const processes = [...all.processes, ...overview([blocked]).processes, ...another.processes];
    const named = attention({ ...all, processes }).map((line) => /#([a-z-]+)\)$/.exec(line)?.[1]);
    expect(named).toHaveLength(6);
    for (const chapter of named) expect(chapters).toContain(chapter);
  });
});

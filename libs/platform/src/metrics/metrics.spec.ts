import { VirtualClock } from '@handover/kernel';
import { BusUnavailable } from '../bus/faults.js';
import { type Bus, type ConsumerStatus } from '../bus/port.js';
import { type ProjectionStatus } from '../projections/views.js';
import { type RelayStatus } from '../relay/relay.js';
import { createMetrics, type Watched } from './metrics.js';

const now = Date.parse('2026-11-23T10:00:00Z');
const relay: RelayStatus = { state: 'active', waiting: 0, published: 7, failures: 0 };
const writes = { fault: () => undefined, failures: () => 0 };
const view: ProjectionStatus = {
  name: 'orders',
  file: 'orders.v1.db',
  version: 1,
  state: 'live',
  wasLive: true,
  eventsApplied: 3,
};
const consumer: ConsumerStatus = {
  group: 'handover-intake',
  topics: ['t'],
  partitions: [],
  inHand: 1,
  queued: 0,
  retrying: 0,
  handled: 4,
  deadLettered: 1,
  parkedKeys: 0,
};

/** The metrics' text, for what the parts say. */
async function shown(
  parts: {
    writes?: Watched['writes'];
    relay?: Partial<RelayStatus>;
    views?: ProjectionStatus[];
    consumers?: ConsumerStatus[];
    offsets?: Bus['offsets'];
  } = {},
): Promise<string> {
  const { consumers = [], offsets = () => Promise.resolve([]) } = parts;
  const metrics = createMetrics(new VirtualClock(now), { consumers: () => consumers, offsets });
  metrics.watch({
    service: 'intake',
    writes: parts.writes ?? writes,
    relay: () => ({ ...relay, ...parts.relay }),
    projections: () => parts.views ?? [],
  });
  return metrics.registry.metrics();
}

describe('metrics', () => {
  it('show how old the oldest event is that the broker does not have', async () => {
    const text = await shown({
      relay: { state: 'blocked', waiting: 2, oldestWaiting: '2026-11-23T09:59:30.000Z' },
    });
    expect(text).toContain('handover_relay_delay_seconds{service="intake"} 30');
    expect(text).toContain('handover_relay_waiting_events{service="intake"} 2');
    expect(text).toContain('handover_relay_blocked{service="intake"} 1');
  });

  it('show that the store takes no writes', async () => {
    const full = await shown({ writes: { fault: () => 'the disk is full', failures: () => 3 } });
    expect(full).toContain('handover_store_writable{service="intake"} 0');
    expect(full).toContain('handover_store_write_failures_total{service="intake"} 3');
    expect(await shown()).toContain('handover_store_writable{service="intake"} 1');
  });

  it("show a projection's lag while it is not level with the log, and none when it is", async () => {
    const upTo = '2026-11-23T09:00:00.000Z';
    const behind = await shown({ views: [{ ...view, state: 'catching-up', upTo }] });
    expect(behind).toContain('handover_projection_lag_seconds{service="intake",projection="orders"} 3600');
    expect(behind).toContain('handover_projection_live{service="intake",projection="orders"} 0');
    const level = await shown({ views: [{ ...view, upTo }] });
    expect(level).toContain('handover_projection_lag_seconds{service="intake",projection="orders"} 0');
    const stopped = await shown({ views: [{ ...view, state: 'stopped', upTo }] });
    expect(stopped).toContain('handover_projection_stopped{service="intake",projection="orders"} 1');
  });

  it('add up the consumers of one group, and count what only grows as counters', async () => {
    const text = await shown({ consumers: [consumer, consumer] });
    expect(text).toContain('handover_consumer_in_hand{group="handover-intake"} 2');
    expect(text).toContain('handover_consumer_handled_total{group="handover-intake"} 8');
    expect(text).toContain('# TYPE handover_consumer_handled_total counter');
    expect(text).toContain('# TYPE handover_consumer_in_hand gauge');
  });

  it('show what a consumer has in hand, tries again and has put aside', async () => {
    const text = await shown({
      consumers: [{ ...consumer, inHand: 3, queued: 5, retrying: 2, parkedKeys: 4 }],
    });
    for (const line of ['in_hand{group="handover-intake"} 3', 'queued{group="handover-intake"} 5'])
      expect(text).toContain(`handover_consumer_${line}`);
    expect(text).toContain('handover_consumer_retrying{group="handover-intake"} 2');
    expect(text).toContain('handover_consumer_parked_keys{group="handover-intake"} 4');
    expect(text).toContain('handover_consumer_dead_lettered_total{group="handover-intake"} 1');
  });

  it('forget a service that has stopped', async () => {
    const metrics = createMetrics(new VirtualClock(now), {
      consumers: () => [],
      offsets: async () => [],
    });
    const unwatch = metrics.watch({ service: 'intake', writes, relay: () => relay, projections: () => [] });
    expect(await metrics.registry.metrics()).toContain('service="intake"');
    unwatch();
    expect(await metrics.registry.metrics()).not.toContain('service="intake"');
  });

  it('are the same when read twice', async () => {
    const metrics = createMetrics(new VirtualClock(now), {
      consumers: () => [consumer],
      offsets: async () => [],
    });
    metrics.watch({ service: 'intake', writes, relay: () => relay, projections: () => [view] });
    expect(await metrics.registry.metrics()).toBe(await metrics.registry.metrics());
  });

  it('show how far a consumer is behind, and nothing while the broker does not tell', async () => {
    const partitions = [
      { topic: 't', partition: 0, position: '5' },
      { topic: 't', partition: 1, position: '0' },
    ];
    const consumers = [{ ...consumer, partitions }];
    const ends = async () => [
      { partition: 0, begin: '0', end: '9' },
      { partition: 1, begin: '0', end: '3' },
    ];
    expect(await shown({ consumers, offsets: ends })).toContain(
      'handover_consumer_lag_messages{group="handover-intake"} 7',
    );
    const away = (): Promise<never> => Promise.reject(new BusUnavailable('no broker'));
    expect(await shown({ consumers, offsets: away })).not.toContain('handover_consumer_lag_messages{');
    const silent = (): Promise<never> => new Promise(() => undefined);
    expect(await shown({ consumers, offsets: silent })).not.toContain('handover_consumer_lag_messages{');
  });
});

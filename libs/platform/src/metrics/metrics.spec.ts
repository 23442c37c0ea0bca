import { VirtualClock } from '@handover/kernel';
import { type ConsumerStatus } from '../bus/port.js';
import { type ProjectionStatus } from '../projections/views.js';
import { type RelayStatus } from '../relay/relay.js';
import { createMetrics } from './metrics.js';

const now = Date.parse('2026-11-23T10:00:00Z');
const relay: RelayStatus = { state: 'active', waiting: 0, published: 7, failures: 0 };
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
  parts: { relay?: Partial<RelayStatus>; views?: ProjectionStatus[]; consumers?: ConsumerStatus[] } = {},
): Promise<string> {
  const metrics = createMetrics(new VirtualClock(now), { consumers: () => parts.consumers ?? [] });
  metrics.watch({
    service: 'intake',
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

  it('forget a service that has stopped', async () => {
    const metrics = createMetrics(new VirtualClock(now), { consumers: () => [] });
    const unwatch = metrics.watch({ service: 'intake', relay: () => relay, projections: () => [] });
    expect(await metrics.registry.metrics()).toContain('service="intake"');
    unwatch();
    expect(await metrics.registry.metrics()).not.toContain('service="intake"');
  });

  it('are the same when read twice', async () => {
    const metrics = createMetrics(new VirtualClock(now), { consumers: () => [consumer] });
    metrics.watch({ service: 'intake', relay: () => relay, projections: () => [view] });
    expect(await metrics.registry.metrics()).toBe(await metrics.registry.metrics());
  });
});

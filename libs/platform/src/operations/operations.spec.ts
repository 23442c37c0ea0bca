import { until } from '../event-store/testing/until.js';
import { greetings, greetingTopics, aGreeting } from '../nest/testing/greetings.js';
import { type RunningService, startService } from '../nest/start-service.js';
import { type Platform } from '../platform.js';
import { orders } from '../projections/testing/orders.js';
import { aPlatform } from '../testing/a-platform.js';
import { type ProjectionReport } from './projection-routes.js';
import { type ProcessStatus } from './status.js';

const metadata = { correlationId: 'c', causationId: 'x', schemaVersion: 1 };

describe('the operations of a process', () => {
  let platform: Platform;
  let service: RunningService;
  beforeEach(async () => {
    platform = await aPlatform({ topics: greetingTopics });
    service = await startService({ ...greetings, projections: [orders()] }, platform);
  });
  afterEach(async () => {
    await service.stop();
    await platform.close();
  });

  const order = (number: number) =>
    platform.store.append(
      'order-1',
      [{ id: `o${number}`, type: 'Ordered', data: { number }, metadata }],
      'any',
    );
  const status = async (): Promise<ProcessStatus> =>
    (await (await fetch(`${service.url}/operations/status`)).json()) as ProcessStatus;
  const projection = async (): Promise<ProjectionReport | undefined> =>
    ((await (await fetch(`${service.url}/operations/projections`)).json()) as ProjectionReport[])[0];
  const act = async (
    path: string,
    body: unknown = { by: 'sre' },
  ): Promise<{ code: number; type?: string }> => {
    const answer = await fetch(`${service.url}/operations/projections/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    return { code: answer.status, type: ((await answer.json()) as { type?: string }).type };
  };

  it('show relay with its holder, consumers with their lag, and projections', async () => {
    await platform.bus.publish([aGreeting('g1', { name: 'Ada' })]);
    await until(async () => (await status()).services[0]?.relay.published === 1);
    const { services, consumers, now } = await status();
    expect(now).toBe('2026-11-23T10:00:00.000Z');
    expect(services).toEqual([
      expect.objectContaining({
        service: 'greetings',
        status: 'up',
        relay: expect.objectContaining({
          state: 'active',
          holder: expect.stringContaining(platform.config.instance),
          delayMs: 0,
          backlog: 0,
        }),
        projections: [expect.objectContaining({ name: 'orders', state: 'live' })],
      }),
    ]);
    expect(consumers).toEqual([
      expect.objectContaining({
        group: 'handover-greetings',
        lag: 0,
        partitions: 3,
        handled: 1,
        parkedKeys: 0,
      }),
    ]);
  });

  it('count all events that wait for a broker, not only those in hand', async () => {
    const refusing = await aPlatform({ topics: ['greetings.in'] }); // no topic to publish to
    const blocked = await startService({ ...greetings, consumes: [] }, refusing);
    const events = Array.from({ length: 1_200 }, (_, at) => ({
      id: `e${at}`,
      type: 'Seen',
      data: {},
      metadata,
    }));
    await refusing.store.append('greeting-1', events, 'any');
    await until(async () => {
      const answer = await fetch(`${blocked.url}/operations/status`);
      const { relay } = ((await answer.json()) as ProcessStatus).services[0] ?? {};
      return relay?.state === 'blocked' && relay.waiting < 1_200 && relay.backlog === 1_200;
    });
    await blocked.stop();
    await refusing.close();
  });

  it('pause and resume a projection', async () => {
    expect(await act('orders/pause')).toEqual({ code: 202 });
    await until(async () => (await projection())?.state === 'paused');
    await order(1);
    expect(await act('orders/resume')).toEqual({ code: 202 });
    await until(async () => (await projection())?.eventsApplied === 1);
  });

  it('replay it, compare, and go back', async () => {
    const { position } = await order(1);
    await service.views.waitFor('orders', position, 5_000);
    expect(await act('orders/blue-green')).toEqual({ code: 202 });
    await until(async () => (await projection())?.replay?.state === 'switched');
    expect(await projection()).toMatchObject({
      service: 'greetings',
      file: 'orders.v1.2.db',
      previous: 'orders.v1.db',
      replay: { comparison: [{ table: 'seen', liveRows: 1, newRows: 1, same: true }] },
    });
    expect(await act('orders/rollback')).toEqual({ code: 202 });
    await until(async () => (await projection())?.file === 'orders.v1.db');
  });

  it('refuse what cannot be done, and say why', async () => {
    expect(await act('nothing/pause')).toEqual({ code: 404, type: '/problems/unknown-projection' });
    expect(await act('orders/explode')).toEqual({ code: 400, type: '/problems/invalid-request' });
    expect(await act('orders/replay', {})).toEqual({ code: 400, type: '/problems/invalid-request' });
    expect(await act('orders/rollback')).toEqual({ code: 409, type: '/problems/nothing-kept' });
    for (let number = 0; number < 2_000; number += 1) await order(number);
    expect(await act('orders/replay')).toEqual({ code: 202 });
    expect(await act('orders/replay')).toEqual({ code: 409, type: '/problems/replay-under-way' });
    await until(async () => (await projection())?.replay?.state === 'switched');
  });
});

import {
  type Platform,
  type Projection,
  type RunningService,
  type ServiceDefinition,
  startService,
} from '@handover/platform';
import { aPlatform, until } from '@handover/platform/testing';
import { handover } from '../testing/handover.js';

const metadata = { correlationId: 'c', causationId: 'x', schemaVersion: 1 };

/** A service of two projections, one of which cannot take the third order until it is repaired. */
function fragileService(): { definition: ServiceDefinition; repair(): void } {
  let repaired = false;
  const counting = (name: string, check: (number: number) => void): Projection => ({
    name,
    version: 1,
    filter: { categories: ['order'] },
    schema: 'CREATE TABLE seen (number INTEGER NOT NULL) STRICT',
    apply: ({ data }, view) => {
      const { number } = data as { number: number };
      check(number);
      view.prepare('INSERT INTO seen VALUES (?)').run(number);
    },
  });
  const refuseThird = (number: number): void => {
    if (number === 3 && !repaired) throw new TypeError('an order needs a price');
  };
  const definition: ServiceDefinition = {
    name: 'shop',
    title: 'Shop',
    module: class Nothing {},
    consumes: [],
    categories: ['order'],
    publishes: () => [],
    projections: [counting('fragile', refuseThird), counting('sound', () => undefined)],
    routes: [],
  };
  return { definition, repair: () => (repaired = true) };
}

describe('a projection that throws', () => {
  let platform: Platform;
  let service: RunningService;
  const shop = fragileService();
  const run = (...args: string[]) => handover(args, { HANDOVER_URLS: service.url });

  beforeAll(async () => {
    platform = await aPlatform();
    service = await startService(shop.definition, platform);
    await until(() => service.views.status().every(({ state }) => state === 'live'));
    const orders = [1, 2, 3, 4].map((number) => ({
      id: `o${number}`,
      type: 'Ordered',
      data: { number },
      metadata,
    }));
    await platform.store.append('order-7', orders, 'none');
    await until(() => service.views.status().every(({ state }, at) => state === ['stopped', 'live'][at]));
    await until(() => service.views.status()[1]?.eventsApplied === 4);
  });
  afterAll(async () => {
    await service.stop();
    await platform.close();
  });

  const why = 'at Ordered o3 (order-7@2): TypeError: an order needs a price';

  it('stops alone, and every screen names the event that stopped it', async () => {
    const [status, list, one] = await Promise.all([
      run('status'),
      run('projections', 'list'),
      run('projections', 'status', 'fragile'),
    ]);
    expect([status.code, status.out]).toEqual([
      1,
      expect.stringContaining(`shop: projection fragile is degraded: stopped ${why}`),
    ]);
    expect(list.code).toBe(1);
    expect(list.out).toMatch(/^fragile +shop +v1 +stopped +2 /m);
    expect(list.out).toMatch(/^sound +shop +v1 +live +4 /m);
    expect([one.code, one.out]).toEqual([1, expect.stringContaining(`stopped   ${why}`)]);
  });

  it('stops again while it is not repaired, and a replay leaves it as it is', async () => {
    const [resumed, replayed] = [
      await run('projections', 'resume', 'fragile'),
      await run('projections', 'replay', 'fragile'),
    ];
    expect([resumed.code, resumed.out]).toEqual([1, expect.stringContaining(`stopped: ${why}`)]);
    expect([replayed.code, replayed.out]).toEqual([
      1,
      expect.stringMatching(/FAILED; the live view is as it was.*o3/),
    ]);
  });

  it('goes on where it stopped when it is repaired', async () => {
    shop.repair();
    const resumed = await run('projections', 'resume', 'fragile');
    expect([resumed.code, resumed.out]).toEqual([0, `fragile at ${service.url}: live\n`]);
    expect(service.views.read('fragile').prepare('SELECT count(*) AS count FROM seen').get()).toMatchObject({
      count: 4,
    });
  });
});

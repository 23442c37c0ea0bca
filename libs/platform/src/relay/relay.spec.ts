import { jest } from '@jest/globals';
import fc from 'fast-check';
import { BusUnavailable } from '../bus/faults.js';
import { type Publishes } from './port.js';
import { aWorld, publishedAll, publishes } from './testing/a-world.js';

describe('relay', () => {
  it('publishes every event of its categories once, in log order, as CloudEvents', async () => {
    const world = aWorld();
    await world.append(5);
    await world.store.append(
      'other-1',
      [
        {
          id: 'o1',
          type: 'Other',
          data: {},
          metadata: { correlationId: 'c', causationId: 'x', schemaVersion: 1 },
        },
      ],
      'any',
    );
    world.start('a');
    await world.wall.passUntil(() => publishedAll(world));
    await world.append(3);
    await world.wall.passUntil(() => publishedAll(world));
    expect(world.bus.ids()).toEqual(world.appended());
    expect(world.bus.messages[3]).toMatchObject({
      topic: 'orders',
      key: 'order-1',
      headers: {
        ce_specversion: '1.0',
        ce_id: 'e4',
        ce_type: 'Ordered',
        ce_source: '/handover/orders',
        ce_subject: 'c',
        ce_time: '2026-11-23T10:00:00.000Z',
        ce_correlationid: 'c',
        ce_causationid: 'x',
        ce_partitionkey: 'order-1',
        ce_sequence: '1',
        ce_recordedtime: '2026-11-23T10:00:00.000Z',
        'content-type': 'application/json',
      },
    });
    await world.stop();
  });

  it('gives the messages of one event ids that follow from it', async () => {
    const world = aWorld();
    await world.append(2);
    const twice: Publishes = (event) => [...publishes(event), ...publishes(event)];
    world.start('a', { publishes: twice });
    await world.wall.passUntil(() => publishedAll(world));
    expect(world.bus.ids()).toEqual(['e1', 'e1.1', 'e2', 'e2.1']);
    await world.stop();
  });

  it('waits for a broker that cannot be reached, visibly, while appends go on', async () => {
    const world = aWorld();
    const relay = world.start('a');
    world.bus.outage = new BusUnavailable('no broker');
    await world.append(6);
    await world.wall.passUntil(() => relay.status().state === 'blocked');
    expect(relay.status()).toMatchObject({ fault: 'BusUnavailable: no broker' });
    expect(relay.status().waiting).toBeGreaterThan(0);
    expect(relay.status().oldestWaiting).toBe('2026-11-23T10:00:00.000Z');
    await world.wall.pass(60_000);
    await world.append(2);
    world.bus.outage = undefined;
    await world.wall.passUntil(() => publishedAll(world));
    expect(world.bus.ids()).toEqual(world.appended());
    expect(relay.status()).toMatchObject({ state: 'active', waiting: 0 });
    await world.stop();
  });

  it('holds at an event that cannot be mapped, and says why', async () => {
    const world = aWorld();
    let repaired = false;
    const broken: Publishes = (event) => {
      if (event.id === 'e2' && !repaired) throw new TypeError('no mapping');
      return publishes(event);
    };
    const relay = world.start('a', { publishes: broken });
    await world.append(1);
    await world.wall.passUntil(() => publishedAll(world));
    await world.append(2);
    await world.wall.passUntil(() => relay.status().state === 'blocked');
    expect(relay.status().fault).toBe('TypeError: no mapping');
    repaired = true;
    await world.wall.passUntil(() => publishedAll(world));
    expect(world.bus.ids()).toEqual(['e1', 'e2', 'e3']);
    await world.stop();
  });

  it('costs one durable write per checkpoint span, not one per event', async () => {
    const world = aWorld();
    const write = jest.spyOn(world.store, 'writeRegister');
    const relay = world.start('a');
    await world.wall.passUntil(() => relay.status().state === 'active');
    write.mockClear();
    for (let round = 0; round < 100; round += 1) {
      await world.append(1);
      await world.wall.pass(2);
    }
    await world.wall.passUntil(() => publishedAll(world));
    expect(world.bus.messages).toHaveLength(100);
    expect(write.mock.calls.length).toBeLessThanOrEqual(3);
    await world.stop();
  });

  it('notes at a graceful stop how far it came: the next one repeats nothing', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 6 }), async (rounds) => {
        const world = aWorld();
        for (const count of rounds) {
          const relay = world.start(`relay-${world.appended().length}`);
          await world.append(count);
          await world.wall.passUntil(() => publishedAll(world));
          const stopped = relay.stop();
          await world.wall.passUntil(() => relay.status().state === 'stopped');
          await stopped;
        }
        expect(world.bus.ids()).toEqual(world.appended());
      }),
      { numRuns: 20 },
    );
  });
});

import { VirtualClock } from '@handover/kernel';
import { jest } from '@jest/globals';
import fc from 'fast-check';
import { pino } from 'pino';
import { BusUnavailable } from '../bus/faults.js';
import { VirtualWall } from '../clock/virtual-wall.js';
import { memoryEventStore } from '../event-store/memory.js';
import { type EventStore } from '../event-store/port.js';
import { leaseMs } from './lease.js';
import { type Publishes } from './port.js';
import { type Relay, type RelayOptions, startRelay } from './relay.js';
import { mortalBus, mortalStore, Reaper, RecordingBus } from './testing/mortal.js';

const publishes: Publishes = ({ type, stream, data }) => [
  { topic: 'orders', key: stream, type, data: data as object },
];

/** A log, a broker and the time that relays share. */
function aWorld() {
  const store = memoryEventStore(new VirtualClock(Date.parse('2026-11-23T10:00:00Z')));
  const bus = new RecordingBus();
  const wall = new VirtualWall();
  let events = 0;
  const relays: Relay[] = [];
  return {
    store,
    bus,
    wall,
    /** Appends events round robin over three streams; answers with all ids appended so far. */
    append: async (count: number, recordStore: EventStore = store): Promise<void> => {
      for (let index = 0; index < count; index += 1) {
        const id = `e${++events}`;
        const metadata = { correlationId: 'c', causationId: 'x', schemaVersion: 1 };
        await recordStore.append(
          `order-${events % 3}`,
          [{ id, type: 'Ordered', data: { number: events }, metadata }],
          'any',
        );
      }
    },
    appended: (): string[] => Array.from({ length: events }, (_, index) => `e${index + 1}`),
    start: (holder: string, more: Partial<RelayOptions> = {}): Relay => {
      const relay = startRelay({
        service: 'orders',
        categories: ['order'],
        publishes,
        store,
        bus,
        holder,
        wall,
        log: pino({ level: 'silent' }),
        ...more,
      });
      relays.push(relay);
      return relay;
    },
    stop: async (): Promise<void> => {
      const stopped = Promise.all(relays.map((relay) => relay.stop()));
      await wall.pass(10_000);
      await stopped;
    },
  };
}

const publishedAll = (world: ReturnType<typeof aWorld>): boolean => {
  const ids = new Set(world.bus.ids());
  return world.appended().every((id) => ids.has(id));
};

/** What a consumer keeps that takes each message once. */
const firstTime = (ids: readonly string[]): string[] => [...new Set(ids)];

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

  it('loses nothing and reorders nothing, at whichever step it is killed', async () => {
    let survived = false;
    for (let step = 1; !survived; step += 1) {
      const world = aWorld();
      const reaper = new Reaper(step);
      await world.append(7);
      world.start('first', { store: mortalStore(world.store, reaper), bus: mortalBus(world.bus, reaper) });
      // Until it has died, or has noted that all is published.
      await world.wall.passUntil(
        async () => reaper.dead || (await notedPosition(world.store)) === (await world.store.head()),
      );
      survived = !reaper.dead;
      await world.append(4);
      world.start('second');
      await world.wall.passUntil(() => publishedAll(world));
      expect({ step, ids: firstTime(world.bus.ids()) }).toEqual({ step, ids: world.appended() });
    }
  });

  it('is one of several: the others stand by, and one takes over when it stops', async () => {
    const world = aWorld();
    const first = world.start('a');
    await world.wall.passUntil(() => first.status().state === 'active');
    const second = world.start('b');
    await world.wall.passUntil(() => second.status().state === 'standby');
    await world.append(4);
    await world.wall.passUntil(() => publishedAll(world));
    expect([first.status().published, second.status().published]).toEqual([4, 0]);

    const stopped = first.stop();
    await world.wall.passUntil(() => second.status().state === 'active');
    await stopped;
    await world.append(2);
    await world.wall.passUntil(() => publishedAll(world));
    expect(world.bus.ids()).toEqual(world.appended());
    await world.stop();
  });

  it('is succeeded within 5 s of wall time when it dies', async () => {
    const world = aWorld();
    const reaper = new Reaper(40);
    world.start('a', { store: mortalStore(world.store, reaper) });
    const heir = world.start('b');
    await world.wall.passUntil(() => reaper.dead);
    const diedAt = world.wall.now();
    await world.wall.passUntil(() => heir.status().state === 'active');
    expect(world.wall.now() - diedAt).toBeLessThan(5_000);
  });

  it("says nothing more once its lease may be another's, and steps back when it learns", async () => {
    const world = aWorld();
    const sleeping = stallable(world.store);
    const first = world.start('a', { store: sleeping.store });
    await world.wall.passUntil(() => first.status().state === 'active');
    sleeping.stall(); // its renewals hang, as on a machine that lost its network
    await world.wall.pass(leaseMs);
    const second = world.start('b');
    await world.wall.passUntil(() => second.status().state === 'active');
    await world.append(5);
    await world.wall.passUntil(() => publishedAll(world));
    await world.wall.pass(1_000);
    expect(first.status().published).toBe(0);
    sleeping.wake();
    await world.wall.passUntil(() => first.status().state === 'standby');
    expect(world.bus.ids()).toEqual(world.appended());
    await world.stop();
  });

  it('goes on when the answer to its own renewal was lost', async () => {
    const world = aWorld();
    const { store } = world;
    let lose = 0;
    const forgetful: EventStore = {
      ...bound(store),
      writeRegister: async (...write) => {
        const revision = await store.writeRegister(...write);
        if (lose-- === 1) throw new Error('answer lost');
        return revision;
      },
    };
    const relay = world.start('a', { store: forgetful });
    await world.wall.passUntil(() => relay.status().state === 'active');
    await world.append(3);
    await world.wall.passUntil(() => publishedAll(world));
    lose = 1;
    await world.append(3);
    await world.wall.passUntil(async () => (await notedPosition(store)) === (await store.head()));
    expect(firstTime(world.bus.ids())).toEqual(world.appended());
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

  it('notes nothing before the broker has it: killed while the broker is away, it loses nothing', async () => {
    const world = aWorld();
    const reaper = new Reaper(Infinity);
    const relay = world.start('a', {
      store: mortalStore(world.store, reaper),
      bus: mortalBus(world.bus, reaper),
    });
    world.bus.outage = new BusUnavailable('no broker');
    await world.append(3);
    await world.wall.passUntil(() => relay.status().failures > 0);
    await world.wall.pass(5_000);
    reaper.dead = true;
    world.bus.outage = undefined;
    world.start('b');
    await world.wall.passUntil(() => publishedAll(world));
    expect(firstTime(world.bus.ids())).toEqual(world.appended());
  });

  it('renews its lease once a second when nothing happens', async () => {
    const world = aWorld();
    const write = jest.spyOn(world.store, 'writeRegister');
    const relay = world.start('a');
    await world.wall.passUntil(() => relay.status().state === 'active');
    write.mockClear();
    const from = world.wall.now();
    await world.wall.passUntil(() => world.wall.now() >= from + 10_000);
    expect(write.mock.calls.length).toBeGreaterThanOrEqual(5);
    expect(write.mock.calls.length).toBeLessThanOrEqual(10);
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

async function notedPosition(store: EventStore): Promise<unknown> {
  const register = await store.readRegister('relay-orders');
  return (register?.value as { position?: unknown } | undefined)?.position;
}

/** A store whose register calls can be made to hang, and to go on later. */
function stallable(store: EventStore): { store: EventStore; stall(): void; wake(): void } {
  let gate = Promise.resolve();
  let open = (): void => undefined;
  return {
    store: {
      ...bound(store),
      writeRegister: async (...write) => {
        await gate;
        return store.writeRegister(...write);
      },
    },
    stall: () => {
      gate = new Promise((resolve) => (open = resolve));
    },
    wake: () => open(),
  };
}

/** The store's methods as an object's own, to override some. */
const bound = (store: EventStore): EventStore => mortalStore(store, new Reaper(Infinity));

import { jest } from '@jest/globals';
import { BusUnavailable } from '../bus/faults.js';
import { type EventStore } from '../event-store/port.js';
import { leaseMs } from './lease.js';
import { aWorld, bound, firstTime, notedPosition, publishedAll, stallable } from './testing/a-world.js';
import { mortalBus, mortalStore, Reaper } from './testing/mortal.js';

describe('relay fail-over', () => {
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

  it.each([-3_600_000, 3_600_000])(
    'renews its lease all the same when the clock of its machine is set by %i ms',
    async (byMs) => {
      const world = aWorld();
      const relay = world.start('a');
      await world.wall.passUntil(() => relay.status().state === 'active');
      const write = jest.spyOn(world.store, 'writeRegister');
      world.wall.jump(byMs);
      await world.wall.pass(leaseMs);
      await world.wall.pass(leaseMs);
      expect(write.mock.calls.length).toBeGreaterThan(0);
      await world.append(3);
      await world.wall.passUntil(() => publishedAll(world));
      expect(relay.status().failures).toBe(0);
      await world.stop();
    },
  );

  it('succeeds one that died elsewhere with its clock an hour ahead, as soon as its lease is seen to stand still', async () => {
    const world = aWorld();
    const reaper = new Reaper(40);
    world.wall.jump(3_600_000);
    world.start('a', { store: mortalStore(world.store, reaper) });
    await world.wall.passUntil(() => reaper.dead);
    world.wall.jump(-3_600_000);
    const heir = world.start('b');
    const diedAt = world.wall.elapsed();
    await world.wall.passUntil(
      () => heir.status().state === 'active' || world.wall.elapsed() > diedAt + 60_000,
    );
    expect(world.wall.elapsed() - diedAt).toBeLessThan(5_000);
  });

  it("says nothing after its lease's time though its clock was set back meanwhile", async () => {
    const world = aWorld();
    const sleeping = stallable(world.store);
    const first = world.start('a', { store: sleeping.store });
    await world.wall.passUntil(() => first.status().state === 'active');
    sleeping.stall();
    world.wall.jump(-3_600_000);
    await world.wall.pass(leaseMs);
    await world.append(5);
    await world.wall.pass(1_000);
    expect(world.bus.ids()).toEqual([]);
    sleeping.wake();
    await world.wall.passUntil(() => publishedAll(world));
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
});

import { fromIso } from '@handover/kernel';
import { leaseOf } from './lease.js';
import { rewindTo } from './rewind.js';
import { aWorld, publishedAll } from './testing/a-world.js';

const minute = (at: number): string => `2026-11-23T10:${String(at).padStart(2, '0')}:00.000Z`;
const register = leaseOf('orders');

describe('a rewind', () => {
  let world: ReturnType<typeof aWorld>;
  beforeEach(async () => {
    world = aWorld();
    for (const at of [1, 2, 3, 4]) {
      const metadata = { correlationId: 'c', causationId: 'x', schemaVersion: 1, recordedAt: minute(at) };
      await world.store.append(
        `order-${at}`,
        [{ id: `m${at}`, type: 'Ordered', data: {}, metadata }],
        'none',
      );
    }
  });
  afterEach(() => world.stop());

  const published = (): string[] => world.bus.ids();
  const wholeLog = ['m1', 'm2', 'm3', 'm4'];

  it('has the relay at work publish again what was recorded since a moment, then go on', async () => {
    world.start('a');
    await world.wall.passUntil(() => published().length === 4);
    await world.wall.pass(1_000); // the place is noted
    await rewindTo(world.store, register, fromIso(minute(3)));
    await world.wall.passUntil(() => published().length === 6);
    expect(published()).toEqual([...wholeLog, 'm3', 'm4']);
    await world.append(2);
    await world.wall.passUntil(() => publishedAll(world));
    expect(published()).toEqual([...wholeLog, 'm3', 'm4', 'e1', 'e2']);
  });

  it('has a relay that starts later publish the whole log again', async () => {
    const relay = world.start('a');
    await world.wall.passUntil(() => published().length === 4);
    const stopped = relay.stop();
    await world.wall.pass(5_000);
    await stopped;
    expect(await rewindTo(world.store, register, null)).toEqual({ position: null });
    world.start('b');
    await world.wall.passUntil(() => published().length === 8);
    expect(published()).toEqual([...wholeLog, ...wholeLog]);
  });

  it('never goes forward: what lies between would never be published', async () => {
    world.start('a');
    await world.wall.passUntil(() => published().length === 4);
    await world.wall.pass(1_000); // the place is noted
    const early = await rewindTo(world.store, register, fromIso(minute(2)));
    expect(await rewindTo(world.store, register, fromIso(minute(4)))).toEqual(early);
    await world.wall.passUntil(() => published().length === 7);
    expect(published()).toEqual([...wholeLog, 'm2', 'm3', 'm4']);
  });

  it('sets a plain position back too, and leaves alone what was never written', async () => {
    const positions = [];
    for await (const { position } of world.store.readAll()) positions.push(position);
    await world.store.writeRegister('outcomes', positions[3] ?? '', 'none');
    await rewindTo(world.store, 'outcomes', fromIso(minute(2)));
    expect((await world.store.readRegister('outcomes'))?.value).toBe(positions[0]);
    expect(await rewindTo(world.store, 'nothing', null)).toBeUndefined();
  });
});

import { setTimeout as after } from 'node:timers/promises';
import { until } from '../../event-store/testing/until.js';
import { type Bus } from '../port.js';
import { BusScene, type BusUnderTest, Gate, Reader } from '../testing/fixture.js';
import { allOf, Journal } from '../testing/journal.js';

const numbers = (count: number): string[] => Array.from({ length: count }, (_, index) => String(index));

export function describeDelivery(subject: BusUnderTest): void {
  let scene: BusScene;
  beforeEach(async () => {
    scene = await BusScene.set(subject);
  });
  afterEach(() => scene.end());

  it('keeps the order of each key, for calls that were not awaited too', async () => {
    const keys = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
    const calls = numbers(100).flatMap((n) => keys.map((key) => scene.publish(scene.message(key, n))));
    await Promise.all(calls);
    const reader = await scene.reader();
    await reader.has(700);
    for (const key of keys) expect(reader.values(key)).toEqual(numbers(100));
  });

  it('handles one message of a key at a time, and several keys at once', async () => {
    const inHand: string[] = [];
    const gate = new Gate();
    const all = await scene.reader({
      maxInFlight: 4,
      handler: async ({ key }) => {
        expect(inHand).not.toContain(key);
        inHand.push(key);
        await gate.opened;
        inHand.splice(inHand.indexOf(key), 1);
      },
    });
    const keys = numbers(12);
    const twice = [...keys, ...keys].map((key) => scene.message(key, key, { partition: 1 }));
    await scene.publish(...twice);
    await until(() => inHand.length === 4);
    await until(() => all.consumer.status().queued === 20);
    expect(inHand).toHaveLength(4);
    gate.open();
    await all.has(24);
    expect(all.consumer.status()).toMatchObject({ inHand: 0, queued: 0, handled: 24 });
  });

  it('begins several messages of a key at once for a handler that asks for it, in their order', async () => {
    const begun: string[] = [];
    const gate = new Gate();
    const all = await scene.reader({
      perKey: 3,
      handler: async ({ value }) => {
        begun.push(String(value));
        await gate.opened;
      },
    });
    await scene.publish(...numbers(6).map((n) => scene.message('a', n)));
    await until(() => all.consumer.status().inHand + all.consumer.status().queued === 6);
    expect(begun).toEqual(['0', '1', '2']);
    gate.open();
    await all.has(6);
    expect(begun).toEqual(numbers(6));
  });

  it('keeps the order of the whole partition for who takes one message at a time', async () => {
    const keys = ['a', 'a', 'b', 'a', 'c', 'b', 'a', 'd', 'd', 'a', 'b', 'e'];
    await scene.publish(...keys.map((key, place) => scene.message(key, String(place), { partition: 1 })));
    const reader = await scene.reader({ maxInFlight: 1 });
    await reader.has(keys.length);
    expect(reader.values().map(Number)).toEqual([...keys.keys()]);
  });

  it('takes no more into memory than it soon can handle', async () => {
    const value = Buffer.alloc(2_000);
    await scene.publish(...numbers(5_000).map((key) => scene.message(key, value)));
    let most = 0;
    const reader = await scene.reader({
      handler: async () => {
        await after(2);
        const { inHand, queued } = reader.consumer.status();
        most = Math.max(most, inHand + queued);
      },
    });
    await reader.has(5_000);
    // Per partition: a page of 1 MiB, and what may be pending when it is fetched.
    expect(most).toBeLessThan(2_500);
  });

  it('gives every group every message, and each to one member of the group', async () => {
    const other = await scene.reader({ group: `${scene.group}-other` });
    const secondBus = subject.manyConsumers ? await scene.another() : scene.bus;
    const one = await scene.reader();
    const two = await scene.reader({}, secondBus);
    await until(() => [one, two].every(({ consumer }) => consumer.status().partitions.length > 0));
    await scene.publish(...numbers(60).map((n) => scene.message(n)));
    await until(() => one.got.length + two.got.length >= 60);
    await other.has(60);
    expect([...one.values(), ...two.values()].sort()).toEqual(numbers(60).sort());
    expect(one.got.length * two.got.length).toBeGreaterThan(0);
  });

  it('keeps every message and the order of keys while members come and go in mid-batch', async () => {
    const journal = new Journal();
    const keys = numbers(20);
    let count = 0;
    const publishUntil = async (enough: () => boolean): Promise<void> => {
      for (; !enough(); count += 1)
        await scene.publish(...keys.map((key) => scene.message(key, String(count))));
    };
    const { group, topic } = scene;
    const member = (bus: Bus): Reader =>
      new Reader(bus, {
        group,
        topics: [topic],
        handler: async (message) => {
          await after(1);
          journal.note(message);
        },
      });
    const first = member(scene.bus);
    await publishUntil(() => first.got.length > 100);
    const second = member(subject.manyConsumers ? await scene.another() : scene.bus);
    await publishUntil(() => second.got.length > 100);
    await Promise.all([first.consumer.stop(), publishUntil(() => second.got.length > 200)]);
    await until(() => journal.different === keys.length * count);
    expect(journal.effects()).toEqual(allOf(keys, count));
  });

  it('goes on behind what the group has handled, and does not repeat it', async () => {
    const first = await scene.reader();
    await scene.publish(...numbers(9).map((n) => scene.message(n)));
    await first.has(9);
    await first.consumer.stop();
    await scene.publish(scene.message('later'));
    const second = await scene.reader();
    await second.has(1);
    expect(second.values()).toEqual(['later']);
  });

  it('commits an offset only after the effect: what was not finished is delivered again', async () => {
    let seen = 0;
    const failing = await scene.reader({
      maxAttempts: 1_000,
      backOff: { firstMs: 60_000, longestMs: 60_000 },
      handler: async ({ key }) => {
        seen += 1;
        if (key === 'b') throw new Error('the effect did not happen');
      },
    });
    await scene.publish(scene.message('a', 'a', { partition: 0 }), scene.message('b', 'b', { partition: 0 }));
    await until(() => seen === 2);
    await failing.consumer.stop();
    const next = await scene.reader();
    await next.has(1);
    expect(next.values()).toEqual(['b']);
  });

  it('drains on stop: what is in hand finishes and is committed, nothing new begins', async () => {
    const gate = new Gate();
    const begun: string[] = [];
    const reader = await scene.reader({
      maxInFlight: 1,
      handler: async ({ key }) => {
        begun.push(key);
        await gate.opened;
      },
    });
    await scene.publish(...['a', 'b', 'c'].map((key) => scene.message(key, key, { partition: 0 })));
    await until(() => begun.length === 1);
    const stopped = reader.consumer.stop();
    gate.open();
    await stopped;
    expect(begun).toEqual(['a']);
    const next = await scene.reader();
    await next.has(2);
    expect(next.values()).toEqual(['b', 'c']);
  });

  it('begins at the end for a group from `end`: everything after ready, nothing before', async () => {
    await scene.publish(...numbers(5).map((n) => scene.message(n, 'before')));
    const reader = await scene.reader({ from: 'end' });
    await scene.publish(...numbers(5).map((n) => scene.message(n, 'after')));
    await reader.has(5);
    expect(new Set(reader.values())).toEqual(new Set(['after']));
  });

  it('remembers where a group from `end` began, though it has handled nothing', async () => {
    await scene.publish(scene.message('k', 'before'));
    const first = await scene.reader({ from: 'end' });
    await first.consumer.stop();
    await scene.publish(scene.message('k', 'between'));
    const second = await scene.reader({ from: 'end' });
    await second.has(1);
    expect(second.values()).toEqual(['between']);
  });

  it('stores no offsets for an ephemeral consumer, and skips what it cannot handle', async () => {
    const handler = async ({ key }: { key: string }): Promise<void> => {
      if (key === 'bad') throw new TypeError('cannot');
    };
    await scene.publish(scene.message('bad'), scene.message('good'));
    for (const round of [1, 2]) {
      const reader = await scene.reader({ ephemeral: true, maxAttempts: 2, handler });
      await reader.has(1);
      expect([round, ...reader.values()]).toEqual([round, 'good']);
      await reader.consumer.stop();
    }
    expect(await scene.bus.topics()).not.toContain(`${scene.topic}.${scene.group}.dlq`);
    const offsets = await scene.bus.offsets(scene.topic, scene.group);
    expect(offsets.filter(({ committed }) => committed !== undefined)).toEqual([]);
  });

  it('waits for a topic that does not exist yet', async () => {
    const topic = `${scene.topic}.late`;
    let ready = false;
    const reader = scene.bus.subscribe({
      group: scene.group,
      topics: [topic],
      handler: async () => undefined,
    });
    void reader.ready.then(() => (ready = true));
    await scene.reader({ group: `${scene.group}-other` });
    expect(ready).toBe(false);
    await scene.bus.applyTopics([{ name: topic, partitions: 1 }]);
    await reader.ready;
  });
}

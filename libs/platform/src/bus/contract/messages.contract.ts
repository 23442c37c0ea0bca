import { all } from '../../event-store/testing/until.js';
import { BusUnavailable, MessageTooLarge, UnknownTopic } from '../faults.js';
import { partitionOf } from '../partitioner.js';
import { BusScene, type BusUnderTest } from '../testing/fixture.js';

export function describeMessages(subject: BusUnderTest): void {
  let scene: BusScene;
  beforeEach(async () => {
    scene = await BusScene.set(subject);
  });
  afterEach(() => scene.end());

  it('brings every byte of key, value and headers', async () => {
    const value = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
    const headers = { ce_type: 'Größe', empty: '', 'content-type': 'application/json', emoji: '📞' };
    const reader = await scene.reader();
    await scene.publish(scene.message('Zürich/☎', value, { headers }));
    await reader.has(1);
    expect(reader.got[0]).toMatchObject({ topic: scene.topic, key: 'Zürich/☎', headers, attempt: 1 });
    expect(reader.got[0]?.value?.equals(value)).toBe(true);
    expect(reader.got[0]?.timestamp).toBeGreaterThan(0);
  });

  it('tells a tombstone from an empty value', async () => {
    const reader = await scene.reader();
    await scene.publish(scene.message('k', null), scene.message('k', Buffer.alloc(0)));
    await reader.has(2);
    expect(reader.got.map(({ value }) => value)).toEqual([null, Buffer.alloc(0)]);
  });

  it('takes a message just under the limit, and refuses one above it whole', async () => {
    const reader = await scene.reader();
    const large = scene.message('k', Buffer.alloc(999_000, 7));
    const tooLarge = scene.message('k', Buffer.alloc(1_000_001));
    await expect(scene.publish(scene.message('k', 'first'), tooLarge)).rejects.toThrow(MessageTooLarge);
    await scene.publish(large);
    await reader.has(1);
    expect(reader.got[0]?.value?.length).toBe(999_000);
  });

  it('takes many large messages at once', async () => {
    const reader = await scene.reader();
    await scene.publish(
      ...Array.from({ length: 20 }, (_, n) => scene.message('k', Buffer.alloc(200_000, n))),
    );
    await reader.has(20);
    expect(reader.got.map(({ value }) => value?.[0])).toEqual(Array.from({ length: 20 }, (_, n) => n));
  });

  it("puts a key into the partition that Kafka's default partitioner chooses", async () => {
    const keys = Array.from({ length: 30 }, (_, n) => `key-${n}`);
    const reader = await scene.reader();
    await scene.publish(...keys.map((key) => scene.message(key)));
    await reader.has(30);
    for (const { key, partition } of reader.got) expect([key, partition]).toEqual([key, partitionOf(key, 3)]);
  });

  it('refuses an unknown topic, and publishes nothing of that call', async () => {
    const reader = await scene.reader();
    const lost = scene.message('k', 'lost');
    await expect(scene.publish(lost, { ...lost, topic: `${scene.topic}.unknown` })).rejects.toThrow(
      UnknownTopic,
    );
    await scene.publish(scene.message('k', 'kept'));
    await reader.has(1);
    expect(reader.values()).toEqual(['kept']);
  });

  it('is unavailable once closed', async () => {
    const bus = await scene.another();
    await bus.close();
    await expect(bus.publish([scene.message('k')])).rejects.toThrow(BusUnavailable);
    await expect(bus.topics()).rejects.toThrow(BusUnavailable);
  });

  it('browses a partition from an offset to another, without a group', async () => {
    await scene.publish(...['a', 'b', 'c', 'd'].map((value) => scene.message('k', value, { partition: 2 })));
    const values = async (from?: string, to?: string): Promise<string[]> =>
      (await all(scene.bus.browse(scene.topic, { partition: 2, from, to }))).map(({ value }) =>
        String(value),
      );
    expect(await values()).toEqual(['a', 'b', 'c', 'd']);
    expect(await values('1', '2')).toEqual(['b', 'c']);
    expect(await all(scene.bus.browse(scene.topic, { partition: 0 }))).toEqual([]);
    expect(await all(scene.bus.browse(`${scene.topic}.unknown`, { partition: 0 }))).toEqual([]);
  });

  it('browses every message in the order of the partition, whatever the keys', async () => {
    const keys = ['a', 'a', 'b', 'a', 'c', 'b', 'a', 'd', 'd', 'a', 'b', 'e'];
    await scene.publish(...keys.map((key, place) => scene.message(key, String(place), { partition: 1 })));
    const browsed = await all(scene.bus.browse(scene.topic, { partition: 1 }));
    expect(browsed.map(({ value }) => Number(value))).toEqual([...keys.keys()]);
  });

  it('tells how far a topic reaches and how far a group has come', async () => {
    const reader = await scene.reader();
    await scene.publish(scene.message('k', 'x', { partition: 1 }), scene.message('k', 'y', { partition: 1 }));
    await reader.has(2);
    await reader.consumer.stop();
    const offsets = await scene.bus.offsets(scene.topic, scene.group);
    expect(offsets.map(({ begin, end }) => [begin, end])).toEqual([
      ['0', '0'],
      ['0', '2'],
      ['0', '0'],
    ]);
    expect(offsets[1]?.committed).toBe('2');
    expect(await scene.bus.offsets(`${scene.topic}.unknown`)).toEqual([]);
  });

  it('creates topics, leaves those that are right, and reports those that differ', async () => {
    const apply = (partitions: number, dryRun = false, name = `${scene.topic}.new`) =>
      scene.bus.applyTopics([{ name, partitions, compacted: true }], { dryRun });
    expect(await apply(2, true)).toMatchObject([{ outcome: 'missing' }]);
    expect(await apply(2)).toMatchObject([{ outcome: 'created' }]);
    expect(await apply(2)).toMatchObject([{ outcome: 'unchanged' }]);
    expect(await apply(5)).toMatchObject([{ outcome: 'differs', difference: expect.stringContaining('2') }]);
    expect(await scene.bus.topics()).toContain(`${scene.topic}.new`);
  });
}

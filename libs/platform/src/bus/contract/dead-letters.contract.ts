import { until } from '../../event-store/testing/until.js';
import {
  auditTrail,
  discardLetters,
  listParked,
  listQueues,
  redriveKeys,
  showDeadLetter,
} from '../dead-letters/operations.js';
import { MessageFault, NothingParked } from '../faults.js';
import { BusScene, type BusUnderTest, type Reader } from '../testing/fixture.js';

export function describeDeadLetters(subject: BusUnderTest): void {
  let scene: BusScene;
  let broken: Set<string>;
  beforeEach(async () => {
    scene = await BusScene.set(subject);
    broken = new Set(['one']);
  });
  afterEach(() => scene.end());

  const partition = 0;
  const queue = () => ({ topic: scene.topic, group: scene.group });
  const sre = { by: 'an SRE', why: 'fixed the pool' };
  const at = (key: string, value: string) => scene.message(key, value, { partition });
  const aReader = (): Promise<Reader> =>
    scene.reader({
      handler: async ({ value }) => {
        if (broken.has(String(value))) throw new MessageFault(`cannot handle ${value}`);
      },
    });
  const parkedAre = (count: number): Promise<void> =>
    until(async () => {
      const keys = await listParked(scene.bus, queue());
      return keys.reduce((sum, { letters }) => sum + letters.size, 0) === count;
    });

  it('parks later messages of a parked key behind it, and lets other keys pass', async () => {
    const reader = await aReader();
    await scene.publish(at('k', 'one'), at('k', 'two'), at('other', 'o'), at('k', 'three'));
    await parkedAre(3);
    await reader.has(1);
    expect(reader.values()).toEqual(['o']);
    expect(reader.consumer.status().parkedKeys).toBe(1);
    const [parked] = await listParked(scene.bus, queue());
    const letters = [...(parked?.letters.values() ?? [])];
    expect(parked).toMatchObject({ key: 'k', partition });
    expect(letters.map(({ fault }) => fault?.reason)).toEqual(['cannot handle one', undefined, undefined]);
  });

  it('holds back what must stay in order behind a parked message, also where several of a key are in hand', async () => {
    const asked = Promise.withResolvers<void>();
    const reader = await scene.reader({
      perKey: 8,
      orderBy: ({ value }) => String(value).slice(0, 1),
      handler: async ({ value }) => {
        if (String(value) === 'b1') return asked.promise;
        if (String(value) === 'a1') throw new MessageFault('cannot handle a1');
      },
    });
    await scene.publish(...['b1', 'a1', 'a2', 'b2', 'a3'].map((value) => at('k', value)));
    await parkedAre(3);
    expect(reader.values()).toEqual([]);
    asked.resolve();
    await parkedAre(4);
    expect(reader.values()).toEqual(['b1']);
    const [parked] = await listParked(scene.bus, queue());
    const values: string[] = [];
    for (const { offset } of parked?.letters.values() ?? [])
      values.push(String((await showDeadLetter(scene.bus, queue(), partition, offset))?.original.value));
    expect(values.filter((value) => value.startsWith('a'))).toEqual(['a1', 'a2', 'a3']);
    expect(values).toContain('b2');
  });

  it('keeps a key parked over a restart of its consumer', async () => {
    const first = await aReader();
    await scene.publish(at('k', 'one'));
    await parkedAre(1);
    await first.consumer.stop();
    await scene.publish(at('k', 'two'), at('other', 'o'));
    const second = await aReader();
    await second.has(1);
    await parkedAre(2);
    expect(second.values()).toEqual(['o']);
  });

  it('knows after a restart what was discarded before other keys were parked', async () => {
    const first = await aReader();
    await scene.publish(at('k', 'one'), at('k', 'two'));
    await parkedAre(2);
    await discardLetters(scene.bus, queue(), [{ partition, key: 'k' }], sre);
    await scene.publish(at('other', 'one'));
    await parkedAre(1);
    await first.consumer.stop();
    await scene.publish(at('k', 'three'));
    const second = await aReader();
    await second.has(1);
    expect(second.values()).toEqual(['three']);
  });

  it('redrives a key in order, before its later messages, and then lets it flow', async () => {
    const otherGroup = await scene.reader({ group: `${scene.group}-other` });
    const reader = await aReader();
    await scene.publish(at('k', 'one'), at('k', 'two'), at('k', 'three'));
    await parkedAre(3);
    broken.clear();
    await redriveKeys(scene.bus, queue(), [{ partition, key: 'k' }], sre);
    await scene.publish(at('k', 'four'));
    await until(() => reader.values('k').at(-1) === 'four' || reader.got.length >= 4);
    await parkedAre(0);
    await scene.publish(at('k', 'five'));
    await reader.has(5);
    expect(reader.values()).toEqual(['one', 'two', 'three', 'four', 'five']);
    await otherGroup.has(5);
    expect(otherGroup.values()).toEqual(['one', 'two', 'three', 'four', 'five']);
  });

  it('handles a redriven message as it was: topic, offset and headers of the original', async () => {
    const reader = await aReader();
    await scene.publish(scene.message('k', 'one', { partition, headers: { ce_id: '7' } }));
    await parkedAre(1);
    broken.clear();
    await redriveKeys(scene.bus, queue(), [{ partition, key: 'k' }], sre);
    await reader.has(1);
    expect(reader.got[0]).toMatchObject({
      topic: scene.topic,
      partition,
      offset: '0',
      headers: { ce_id: '7' },
    });
    expect(Object.keys(reader.got[0]?.headers ?? {})).toEqual(['ce_id']);
  });

  it('carries out a redrive that was asked for while no member ran', async () => {
    const first = await aReader();
    await scene.publish(at('k', 'one'));
    await parkedAre(1);
    await first.consumer.stop();
    broken.clear();
    await redriveKeys(scene.bus, queue(), [{ partition, key: 'k' }], sre);
    const second = await aReader();
    await second.has(1);
    expect(second.values()).toEqual(['one']);
    await parkedAre(0);
  });

  it('keeps the rest parked when a redriven message fails again', async () => {
    const reader = await aReader();
    await scene.publish(at('k', 'one'), at('k', 'two'), at('k', 'three'));
    await parkedAre(3);
    broken = new Set(['two']);
    await redriveKeys(scene.bus, queue(), [{ partition, key: 'k' }], sre);
    await parkedAre(2);
    expect(reader.values()).toEqual(['one']);
    await discardLetters(scene.bus, queue(), [{ partition, key: 'k', through: 1 }], sre);
    await redriveKeys(scene.bus, queue(), [{ partition, key: 'k' }], sre);
    await parkedAre(0);
    expect(reader.values()).toEqual(['one', 'three']);
  });

  it('lets a key flow again once its letters are discarded, and keeps them readable', async () => {
    const reader = await aReader();
    await scene.publish(at('k', 'one'), at('k', 'two'));
    await parkedAre(2);
    await discardLetters(scene.bus, queue(), [{ partition, key: 'k' }], sre);
    await until(() => reader.consumer.status().parkedKeys === 0);
    await scene.publish(at('k', 'three'));
    await reader.has(1);
    expect(reader.values()).toEqual(['three']);
    const letter = await showDeadLetter(scene.bus, queue(), partition, 0);
    expect(letter).toMatchObject({ attempts: 1, errorClass: 'MessageFault', reason: 'cannot handle one' });
    expect(String(letter?.original.value)).toBe('one');
  });

  it('records who did what, and why', async () => {
    await aReader();
    await scene.publish(at('k', 'one'));
    await parkedAre(1);
    await redriveKeys(scene.bus, queue(), [{ partition, key: 'k' }], sre);
    const trail = async () => {
      const entries = [];
      for await (const entry of auditTrail(scene.bus, queue())) entries.push(entry);
      return entries;
    };
    await until(async () => (await trail()).length === 2);
    await discardLetters(scene.bus, queue(), [{ partition, key: 'k' }], sre);
    expect(await trail()).toMatchObject([
      { action: 'redrive', key: 'k', ...sre },
      { action: 'redrive-failed', key: 'k', by: scene.group, why: 'cannot handle one', request: 1 },
      { action: 'discarded', key: 'k', ...sre, through: 0 },
    ]);
  });

  it('lists the queues that exist, and refuses a key that has no letters', async () => {
    await aReader();
    await scene.publish(at('k', 'one'));
    await parkedAre(1);
    expect(await listQueues(scene.bus)).toContainEqual(queue());
    await expect(redriveKeys(scene.bus, queue(), [{ partition, key: 'x' }], sre)).rejects.toThrow(
      NothingParked,
    );
  });
}

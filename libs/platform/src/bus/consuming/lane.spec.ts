import fc from 'fast-check';
import { type LoggedMessage } from '../port.js';
import { Lane } from './lane.js';

const aMessage = (offset: number, key: string): LoggedMessage => ({
  topic: 't',
  partition: 0,
  offset: String(offset),
  timestamp: 0,
  key,
  value: null,
  headers: {},
});

/** A lane whose messages finish when the test says so. */
function aLane(maxInFlight: number, perKey = 1, orderBy?: (message: LoggedMessage) => string) {
  const inHand = new Map<number, { key: string; settle: (settled: boolean) => void }>();
  const begun: { key: string; offset: number }[] = [];
  const lane = new Lane({
    position: 0,
    maxInFlight,
    perKey,
    orderBy,
    onProgress: () => undefined,
    settle: ({ key, offset }, signal) => {
      begun.push({ key, offset: Number(offset) });
      return new Promise((resolve) => {
        inHand.set(Number(offset), { key, settle: resolve });
        signal.addEventListener('abort', () => resolve(false));
      });
    },
  });
  const finish = async (offset: number): Promise<void> => {
    inHand.get(offset)?.settle(true);
    inHand.delete(offset);
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { lane, inHand, begun, finish };
}

describe('a lane', () => {
  it('keeps each key in order, its limit, and a position without gaps, whatever finishes first', async () => {
    const keys = fc.array(fc.constantFrom('a', 'b', 'c', ''), { minLength: 1, maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(
        keys,
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 3 }),
        fc.infiniteStream(fc.nat()),
        async (given, limit, perKey, picks) => {
          const { lane, inHand, begun, finish } = aLane(limit, perKey);
          lane.deliver(given.map((key, offset) => aMessage(offset, key)));
          const done = new Set<number>();
          while (done.size < given.length) {
            for (const key of ['a', 'b', 'c'])
              expect([...inHand.values()].filter((one) => one.key === key).length).toBeLessThanOrEqual(
                perKey,
              );
            expect(inHand.size).toBeLessThanOrEqual(limit);
            const offsets = [...inHand.keys()];
            const pick = offsets[(picks.next().value ?? 0) % offsets.length] ?? -1;
            await finish(pick);
            done.add(pick);
            const firstOpen = given.findIndex((_, offset) => !done.has(offset));
            expect(lane.position).toBe(firstOpen < 0 ? given.length : firstOpen);
          }
          for (const key of ['a', 'b', 'c']) {
            const order = begun.filter((one) => one.key === key).map(({ offset }) => offset);
            expect(order).toEqual(order.toSorted((one, other) => one - other));
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it('keeps the whole partition in order if one is handled at a time, whatever the keys', async () => {
    const keys = fc.array(fc.constantFrom('a', 'b', 'c', ''), { minLength: 1, maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(keys, async (given) => {
        const { lane, begun, finish } = aLane(1);
        lane.deliver(given.map((key, offset) => aMessage(offset, key)));
        for (const offset of given.keys()) await finish(offset);
        expect(begun.map(({ offset }) => offset)).toEqual([...given.keys()]);
      }),
      { numRuns: 60 },
    );
  });

  it('begins what came first: a key with much to do waits for no later one', async () => {
    const { lane, begun, finish } = aLane(2);
    lane.deliver(['a', 'b', 'a', 'a', 'c', 'd'].map((key, offset) => aMessage(offset, key)));
    for (const offset of [0, 2, 3]) await finish(offset);
    expect(begun.map(({ offset }) => offset)).toEqual([0, 1, 2, 3, 4]);
  });

  it('takes each offset once, however often it is delivered', () => {
    const { lane, begun } = aLane(10);
    lane.deliver([aMessage(0, 'a'), aMessage(1, 'b')]);
    lane.deliver([aMessage(0, 'a'), aMessage(1, 'b'), aMessage(2, 'c')]);
    expect(begun.map(({ offset }) => offset)).toEqual([0, 1, 2]);
  });

  it('passes over offsets that the log no longer has', async () => {
    const { lane, finish } = aLane(10);
    lane.deliver([aMessage(4, 'a'), aMessage(9, 'b')]);
    await finish(4);
    await finish(9);
    expect(lane.position).toBe(10);
  });

  it('begins as many messages of a key as it may, not more', async () => {
    const { lane, begun, finish } = aLane(10, 2);
    lane.deliver([aMessage(0, 'a'), aMessage(1, 'a'), aMessage(2, 'a'), aMessage(3, 'b')]);
    expect(begun.map(({ offset }) => offset)).toEqual([0, 1, 3]);
    await finish(1);
    expect(begun.map(({ offset }) => offset)).toEqual([0, 1, 3, 2]);
    expect(lane.position).toBe(0);
  });

  it('sees one message of an order through before the next of it, whatever else of the key is in hand', async () => {
    const orders = fc.array(fc.constantFrom('x', 'y', 'z', 'task'), { minLength: 1, maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(
        orders,
        fc.integer({ min: 1, max: 4 }),
        fc.infiniteStream(fc.nat()),
        async (given, perKey, picks) => {
          const orderOf = (offset: number): string => given[offset] ?? '';
          const { lane, inHand, begun, finish } = aLane(10, perKey, ({ offset }) => orderOf(Number(offset)));
          const tasks = new Map<number, () => void>();
          const ran: number[] = [];
          given.forEach((order, offset) => {
            if (order !== 'task') return lane.deliver([aMessage(offset, 'a')]);
            lane.inTurn('a', () => {
              ran.push(offset);
              expect(begun.every((one) => one.offset < offset)).toBe(true);
              expect(inHand.size).toBe(0);
              return new Promise((resolve) => tasks.set(offset, () => resolve(true)));
            });
          });
          for (let step = 0; inHand.size + tasks.size > 0; step += 1) {
            const together = [...inHand.keys()].map(orderOf);
            expect(new Set(together).size).toBe(together.length);
            expect(together.length).toBeLessThanOrEqual(tasks.size > 0 ? 0 : perKey);
            const offsets = [...inHand.keys(), ...tasks.keys()];
            const pick = offsets[(picks.next().value ?? 0) % offsets.length] ?? -1;
            tasks.get(pick)?.();
            tasks.delete(pick);
            await finish(pick);
          }
          expect([...begun.map(({ offset }) => offset), ...ran].sort((one, other) => one - other)).toEqual([
            ...given.keys(),
          ]);
          for (const order of ['x', 'y', 'z']) {
            const offsets = begun.map(({ offset }) => offset).filter((offset) => orderOf(offset) === order);
            expect(offsets).toEqual(offsets.toSorted((one, other) => one - other));
          }
        },
      ),
      { numRuns: 100 },
    );
  });

  it.each([1, 3])('runs a task of a key between its messages, never beside one of %i', async (perKey) => {
    const { lane, begun, finish } = aLane(10, perKey);
    const ran: number[] = [];
    const task = Promise.withResolvers<boolean>();
    lane.deliver([aMessage(0, 'a')]);
    lane.inTurn('a', () => {
      ran.push(begun.length);
      return task.promise;
    });
    lane.deliver([aMessage(1, 'a')]);
    expect(ran).toEqual([]);
    await finish(0);
    expect(ran).toEqual([1]);
    expect(begun).toHaveLength(1);
    task.resolve(true);
    await finish(-1);
    expect(begun).toHaveLength(2);
  });

  it('stops when what is in hand is over, and begins nothing more', async () => {
    const { lane, begun } = aLane(2);
    lane.deliver([aMessage(0, 'a'), aMessage(1, 'b'), aMessage(2, 'c'), aMessage(3, 'a')]);
    await lane.stop();
    lane.deliver([aMessage(4, 'd')]);
    expect(begun).toHaveLength(2);
    expect(lane.inHand).toBe(0);
    expect(lane.position).toBe(0);
  });

  it('begins nothing while it is held', () => {
    const { lane, begun } = aLane(2);
    lane.hold();
    lane.deliver([aMessage(0, 'a')]);
    expect(begun).toEqual([]);
    expect(lane.pending).toBe(1);
  });
});

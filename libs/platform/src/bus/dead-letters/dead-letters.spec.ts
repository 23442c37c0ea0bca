import fc from 'fast-check';
import { until } from '../../event-store/testing/until.js';
import { embeddedBus } from '../embedded/embedded-bus.js';
import { MessageFault } from '../faults.js';
import { type BusMessage } from '../port.js';
import { listParked, redriveKeys } from './operations.js';

const topic = 'events';
const queue = { topic, group: 'readers' };
const authority = { by: 'a test', why: 'the cause is gone' };

/** What happens to a message: it is handled, handled at the second attempt, or at fault until the cause is gone. */
type Fate = 'fine' | 'flaky' | 'faulty';

describe('dead letters, whatever fails', () => {
  it('lose nothing and keep the order of each key, over parking and redrive', async () => {
    const fates = fc.array(
      fc.record({
        key: fc.constantFrom('a', 'b', 'c', 'd'),
        fate: fc.constantFrom<Fate>('fine', 'flaky', 'faulty'),
      }),
      { minLength: 1, maxLength: 40 },
    );
    await fc.assert(
      fc.asyncProperty(fates, async (given) => {
        await using run = await aRun(given);
        await run.settled();
        for (const key of run.keys) expect(run.handled(key)).toEqual(run.beforeFirstFault(key));

        run.mend();
        const parked = await listParked(run.bus, queue);
        await redriveKeys(run.bus, queue, parked, authority);
        await until(async () => (await listParked(run.bus, queue)).length === 0);
        for (const key of run.keys) expect(run.handled(key)).toEqual(run.all(key));
      }),
      { numRuns: 40 },
    );
  });
});

async function aRun(given: readonly { readonly key: string; readonly fate: Fate }[]) {
  const bus = embeddedBus({ file: ':memory:' });
  await bus.applyTopics([{ name: topic, partitions: 2 }]);
  const handled: { key: string; number: number }[] = [];
  let mended = false;
  const consumer = bus.subscribe({
    group: queue.group,
    topics: [topic],
    backOff: { firstMs: 1, longestMs: 1 },
    handler: async ({ key, value, attempt }) => {
      const number = Number(String(value));
      const fate = given[number]?.fate;
      if (fate === 'faulty' && !mended) throw new MessageFault('at fault');
      if (fate === 'flaky' && attempt === 1) throw new Error('not yet');
      handled.push({ key, number });
    },
  });
  const messages: BusMessage[] = given.map(({ key }, number) => ({
    topic,
    key,
    value: Buffer.from(String(number)),
    headers: {},
  }));
  await bus.publish(messages);
  const all = (key: string): number[] => given.flatMap((one, number) => (one.key === key ? [number] : []));
  return {
    bus,
    keys: new Set(given.map(({ key }) => key)),
    all,
    handled: (key: string): number[] => handled.flatMap((one) => (one.key === key ? [one.number] : [])),
    beforeFirstFault: (key: string): number[] => {
      const numbers = all(key);
      const fault = numbers.findIndex((number) => given[number]?.fate === 'faulty');
      return fault < 0 ? numbers : numbers.slice(0, fault);
    },
    mend: () => (mended = true),
    settled: () =>
      until(() => {
        const { handled: done, deadLettered } = consumer.status();
        return done + deadLettered === given.length;
      }),
    [Symbol.asyncDispose]: () => bus.close(),
  };
}

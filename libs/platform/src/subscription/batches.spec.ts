import { setImmediate as turn } from 'node:timers/promises';
import { VirtualClock } from '@handover/kernel';
import fc from 'fast-check';
import { memoryEventStore } from '../event-store/memory.js';
import { type EventStore, type StoredEvent, type Subscription } from '../event-store/port.js';
import { until } from '../event-store/testing/until.js';
import { type BatchOptions, subscribeInBatches } from './batches.js';

const metadata = { correlationId: 'c', causationId: 'x', schemaVersion: 1 };
const aStore = (): EventStore => memoryEventStore(new VirtualClock(0));

async function append(store: EventStore, count: number, category = 'order'): Promise<void> {
  for (let index = 0; index < count; index += 1)
    await store.append(
      `${category}-1`,
      [{ id: `${category} ${Math.random()}`, type: 'T', data: {}, metadata }],
      'any',
    );
}

/** Collects what a subscription delivers. */
function collecting(store: EventStore, options: Partial<BatchOptions> = {}) {
  const batches: (readonly StoredEvent[])[] = [];
  let caughtUp = 0;
  const subscription: Subscription = subscribeInBatches(store, {
    most: 10,
    onBatch: async (events) => void batches.push(events),
    onCaughtUp: () => (caughtUp += 1),
    ...options,
  });
  return {
    subscription,
    batches,
    revisions: () => batches.flat().map(({ revision }) => revision),
    caughtUp: () => caughtUp,
  };
}

describe('a subscription in batches', () => {
  it('delivers each event once, in order, in batches within the limit, however fast they come', async () => {
    const round = fc.record({ events: fc.integer({ min: 0, max: 40 }), slow: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(
        fc.array(round, { maxLength: 4 }),
        fc.integer({ min: 1, max: 20 }),
        async (rounds, most) => {
          const store = aStore();
          let slow = false;
          const seen: StoredEvent[] = [];
          let largest = 0;
          const { subscription } = collecting(store, {
            most,
            onBatch: async (events) => {
              if (slow) await turn();
              largest = Math.max(largest, events.length);
              seen.push(...events);
            },
          });
          let total = 0;
          for (const each of rounds) {
            slow = each.slow;
            await append(store, each.events);
            total += each.events;
          }
          await until(() => seen.length === total);
          await subscription.stop();
          expect(seen.map(({ revision }) => revision)).toEqual(
            Array.from({ length: total }, (_, index) => index),
          );
          expect(largest).toBeLessThanOrEqual(most);
        },
      ),
      { numRuns: 25 },
    );
  });

  it('holds no more events than the limit while a batch is slow', async () => {
    const store = aStore();
    await append(store, 100);
    let delivered = 0;
    const counting: EventStore = {
      ...store,
      subscribe: (options) =>
        store.subscribe({
          ...options,
          onEvent: (event) => {
            delivered += 1;
            return options.onEvent(event);
          },
        }),
    };
    let release = (): void => undefined;
    const { subscription } = collecting(counting, {
      onBatch: () => new Promise<void>((resolve) => (release = resolve)),
    });
    await until(() => delivered === 20);
    for (let turn = 0; turn < 20; turn += 1) await new Promise((resume) => setImmediate(resume));
    expect(delivered).toBe(20); // a batch in hand, and one gathered behind it
    const stopped = subscription.stop();
    release();
    await stopped;
  });

  it('says that it is level with the log only when all before has been handled', async () => {
    const store = aStore();
    await append(store, 25);
    let handled = 0;
    const atCaughtUp: number[] = [];
    const { subscription } = collecting(store, {
      onBatch: async (events) => {
        await new Promise((resume) => setImmediate(resume));
        handled += events.length;
      },
      onCaughtUp: () => atCaughtUp.push(handled),
    });
    await until(() => atCaughtUp.length > 0);
    expect(atCaughtUp[0]).toBe(25);
    await subscription.stop();
  });

  it('says so of an empty log too', async () => {
    const { subscription, caughtUp } = collecting(aStore());
    await until(() => caughtUp() === 1);
    await subscription.stop();
    await subscription.done;
  });

  it('ends with the fault of a batch, and delivers nothing after it', async () => {
    const store = aStore();
    await append(store, 30);
    let calls = 0;
    const { subscription } = collecting(store, {
      onBatch: async () => {
        calls += 1;
        throw new RangeError('no');
      },
    });
    await expect(subscription.done).rejects.toThrow('no');
    await append(store, 5);
    expect(calls).toBe(1);
  });

  it('delivers nothing after it was stopped', async () => {
    const store = aStore();
    await append(store, 5);
    const { subscription, revisions, caughtUp } = collecting(store);
    await until(() => caughtUp() === 1);
    await subscription.stop();
    await append(store, 5);
    await subscription.done;
    expect(revisions()).toEqual([0, 1, 2, 3, 4]);
  });
});

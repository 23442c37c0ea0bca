import { VirtualClock } from '@handover/kernel';
import { memoryEventStore } from '../event-store/memory.js';
import { type Decided, handle } from './handle.js';

const clock = new VirtualClock(0);
const aggregate = { initial: 0, evolve: (count: number): number => count + 1, versionOf: () => 1 };
const added = (amount: number): Decided => ({ type: 'Added', data: { amount } });

describe('the write path', () => {
  it('does not decide a cause again: what it led to is the answer, and the state is the present one', async () => {
    const store = memoryEventStore(clock);
    const on = (id: string, decide: (count: number) => readonly Decided[]) =>
      handle({ store, clock }, { stream: 'sum-1', aggregate, cause: { id, correlationId: 'sum-1' }, decide });
    await on('first', () => [added(1)]);
    await on('second', () => [added(2)]);
    const again = await on('first', () => {
      throw new Error('decided again');
    });
    expect(again).toMatchObject({ repeated: true, state: 2, events: [added(1)] });
    expect(await on('third', () => [])).toEqual({ repeated: false, state: 2, events: [] });
  });
});

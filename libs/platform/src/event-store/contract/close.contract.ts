import { type Subject } from '../event-store.contract.js';
import { StoreUnavailable } from '../faults.js';
import { type EventStore } from '../port.js';
import { events } from '../testing/an-event.js';
import { all } from '../testing/until.js';

const uses: Record<string, (store: EventStore) => unknown> = {
  append: (store) => store.append('test-1', events(1), 'any'),
  readStream: (store) => all(store.readStream('test-1')),
  readAll: (store) => all(store.readAll()),
  readCorrelation: (store) => all(store.readCorrelation('handover-1')),
  subscribe: async (store) => store.subscribe({ onEvent: async () => undefined }),
  head: (store) => store.head(),
  readRegister: (store) => store.readRegister('lease'),
  writeRegister: (store) => store.writeRegister('lease', null, 'none'),
};

export function closeContract(subject: () => Subject): void {
  describe('close', () => {
    it.each(Object.keys(uses))('after it, %s throws StoreUnavailable', async (method) => {
      const { store } = subject();
      await store.close();
      await expect(uses[method]?.(store)).rejects.toBeInstanceOf(StoreUnavailable);
    });

    it('can be repeated', async () => {
      const { store } = subject();
      await Promise.all([store.close(), store.close()]);
      await store.close();
    });

    it('ends subscriptions without a fault, after the running handler', async () => {
      const { store, stream } = subject();
      let handled = 0;
      const subscription = store.subscribe({
        onEvent: async () => {
          await new Promise(setImmediate);
          handled += 1;
        },
      });
      await store.append(stream(), events(1), 'none');
      await store.close();
      await expect(subscription.done).resolves.toBeUndefined();
      const then = handled;
      await new Promise(setImmediate);
      expect(handled).toBe(then);
    });

    it('finishes appends under way: what was accepted is stored', async () => {
      const { store, stream, reopen } = subject();
      const appended = store.append(stream(), events(2), 'none');
      await store.close();
      expect(await appended).toMatchObject({ revision: 1 });
      const again = await reopen?.();
      if (!again) return;
      expect(await all(again.readStream(stream()))).toHaveLength(2);
      await again.close();
    });
  });
}

import { type Subject } from '../event-store.contract.js';
import { StoreUnavailable } from '../faults.js';
import { type StoredEvent } from '../port.js';
import { anEvent, events } from '../testing/an-event.js';
import { all, until } from '../testing/until.js';

/** For stores with a server. */
export function outageContract(subject: () => Subject): void {
  describe('while the server is gone', () => {
    it('everything throws StoreUnavailable, and works again when it is back', async () => {
      const { store, stream, outage } = subject();
      if (!outage) return;
      const event = anEvent();
      await store.append(stream(), [event], 'none');
      await outage.begin();
      for (const use of [
        () => store.append(stream(), events(1), 'any'),
        () => all(store.readStream(stream())),
        () => all(store.readAll({ limit: 1 })),
        () => store.head(),
        () => store.readRegister(stream()),
        () => store.writeRegister(stream(), 1, 'none'),
      ])
        await expect(use()).rejects.toBeInstanceOf(StoreUnavailable);
      await outage.end();
      await until(async () => (await store.head().catch(() => undefined)) !== undefined);
      expect(await store.append(stream(), [event], 'none')).toMatchObject({ revision: 0 });
      expect(await all(store.readStream(stream()))).toHaveLength(1);
    });

    it('a subscription may begin: it delivers when the server is there', async () => {
      const { store, stream, category, outage } = subject();
      if (!outage) return;
      await store.append(stream(), events(2), 'none');
      await outage.begin();
      const received: StoredEvent[] = [];
      const subscription = store.subscribe({
        filter: { categories: [category] },
        onEvent: async (event) => void received.push(event),
      });
      await expect(store.head()).rejects.toBeInstanceOf(StoreUnavailable);
      await outage.end();
      await until(() => received.length === 2);
      await subscription.stop();
    });

    it('a subscription waits, and goes on where it was: no gap, no repeat', async () => {
      const { store, stream, category, outage } = subject();
      if (!outage) return;
      const received: StoredEvent[] = [];
      const subscription = store.subscribe({
        filter: { categories: [category] },
        onEvent: async (event) => void received.push(event),
      });
      await store.append(stream(), events(5), 'none');
      await until(() => received.length === 5);
      for (const revision of [4, 5]) {
        await outage.begin();
        await outage.end();
        await until(() =>
          store.append(stream(), events(1, revision), revision).then(
            () => true,
            () => false,
          ),
        );
      }
      await until(() => received.length >= 7);
      await subscription.stop();
      expect(received.map(({ revision }) => revision)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    });
  });
}

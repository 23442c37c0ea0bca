import { type Subject } from '../event-store.contract.js';
import { type Position, type StoredEvent, type SubscribeOptions } from '../port.js';
import { anEvent, events } from '../testing/an-event.js';
import { all, until } from '../testing/until.js';

export function subscribeContract(subject: () => Subject): void {
  describe('subscribe', () => {
    /** Subscribes to this test's category and collects what comes. */
    const collect = (options: Partial<SubscribeOptions> = {}) => {
      const { store, category } = subject();
      const received: StoredEvent[] = [];
      const onEvent = async (event: StoredEvent): Promise<void> => void received.push(event);
      const filter = { categories: [category] };
      return { received, subscription: store.subscribe({ filter, onEvent, ...options }) };
    };

    it('delivers history, then what is appended, each event once and in order, while many write', async () => {
      const { store, stream, category } = subject();
      const write = (rounds: number) =>
        Promise.all(
          ['a', 'b', 'c', 'd'].map(async (id) => {
            for (let round = 0; round < rounds; round += 1) await store.append(stream(id), events(3), 'any');
          }),
        );
      await write(60);
      const writing = write(60);
      const { received, subscription } = collect();
      await writing;
      await until(() => received.length >= 1_440);
      await subscription.stop();
      expect(received).toEqual(await all(store.readAll({ filter: { categories: [category] } })));
    });

    it('goes on after a stored position: nothing again, nothing missing', async () => {
      const { store, stream } = subject();
      await store.append(stream(), events(700), 'none');
      let position: Position | undefined;
      const seen: number[] = [];
      for (const most of [1, 499, 650, 900]) {
        if (most === 900) await store.append(stream(), events(300, 700), 699);
        const reached = new Promise<void>((resolve) => {
          const { subscription } = collect({
            after: position,
            onEvent: async (event) => {
              seen.push(event.revision);
              position = event.position;
              if (event.revision === most) resolve(subscription.stop());
            },
          });
        });
        await reached;
      }
      expect(seen).toEqual(Array.from({ length: 901 }, (_, index) => index));
    });

    it('delivers what the filter means and nothing else', async () => {
      const { store, stream, category } = subject();
      const { received, subscription } = collect({ filter: { categories: [category], types: ['Wanted'] } });
      await store.append(stream(), [anEvent(), anEvent({ type: 'Wanted' }), anEvent()], 'none');
      await store.append(`other${stream()}`, [anEvent({ type: 'Wanted' })], 'none');
      await store.append(stream(), [anEvent({ type: 'Wanted' })], 'any');
      await until(() => received.length >= 2);
      await subscription.stop();
      expect(received.map(({ stream, revision }) => [stream, revision])).toEqual([
        [stream(), 1],
        [stream(), 3],
      ]);
    });

    it('hands over one event at a time: the next waits until the handler is done', async () => {
      const { store, stream } = subject();
      let running = 0;
      let most = 0;
      let handled = 0;
      const onEvent = async (): Promise<void> => {
        running += 1;
        most = Math.max(most, running);
        await new Promise(setImmediate);
        running -= 1;
        handled += 1;
      };
      const { subscription } = collect({ onEvent });
      await store.append(stream(), events(20), 'none');
      await until(() => handled === 20);
      await subscription.stop();
      expect(most).toBe(1);
    });

    it('ends with the fault of a handler that rejects, and delivers nothing more', async () => {
      const { store, stream } = subject();
      await store.append(stream(), events(5), 'none');
      const seen: number[] = [];
      const fault = new Error('the view is broken');
      const { subscription } = collect({
        onEvent: async ({ revision }) => {
          seen.push(revision);
          if (revision === 2) throw fault;
        },
      });
      await expect(subscription.done).rejects.toBe(fault);
      expect(seen).toEqual([0, 1, 2]);
    });

    it('stop waits for the running handler; nothing is delivered after it', async () => {
      const { store, stream } = subject();
      await store.append(stream(), events(3), 'none');
      let finish: (() => void) | undefined;
      let finished = false;
      const { received, subscription } = collect({
        onEvent: async () => {
          await new Promise<void>((resolve) => (finish = resolve));
          finished = true;
        },
      });
      await until(() => finish !== undefined);
      const stopped = subscription.stop();
      expect(finished).toBe(false);
      finish?.();
      await stopped;
      expect(finished).toBe(true);
      await expect(subscription.done).resolves.toBeUndefined();
      expect(received).toEqual([]);
    });

    it('tells when it has caught up: at once if nothing waits, and after each delivery to the end', async () => {
      const { store, stream } = subject();
      const caughtUpAfter: number[] = [];
      const { received, subscription } = collect({ onCaughtUp: () => caughtUpAfter.push(received.length) });
      await until(() => caughtUpAfter.includes(0));
      await store.append(stream(), events(2), 'none');
      await until(() => caughtUpAfter.includes(2));
      await store.append(stream(), events(1), 'any');
      await until(() => caughtUpAfter.includes(3));
      await subscription.stop();
      expect(caughtUpAfter).not.toContain(1);
    });

    it('is not held up by a slow one beside it', async () => {
      const { store, stream } = subject();
      await store.append(stream(), events(2), 'none');
      let release: (() => void) | undefined;
      const slow = collect({ onEvent: () => new Promise<void>((resolve) => (release = resolve)) });
      const quick = collect();
      await until(() => release !== undefined && quick.received.length === 2);
      const stopped = slow.subscription.stop();
      release?.();
      await Promise.all([stopped, quick.subscription.stop()]);
    });

    it('delivers what other connections append', async () => {
      const { stream, reopen } = subject();
      if (!reopen) return;
      const { received, subscription } = collect();
      const other = await reopen();
      await other.append(stream(), events(2), 'none');
      await until(() => received.length === 2);
      await other.append(stream(), events(2), 1);
      await until(() => received.length === 4);
      await subscription.stop();
      expect(received.map(({ revision }) => revision)).toEqual([0, 1, 2, 3]);
    });
  });
}

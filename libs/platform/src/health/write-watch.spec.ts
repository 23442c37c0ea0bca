import { VirtualClock } from '@handover/kernel';
import { StoreUnavailable } from '../event-store/faults.js';
import { memoryEventStore } from '../event-store/memory.js';
import { type EventStore } from '../event-store/port.js';
import { anEvent } from '../event-store/testing/an-event.js';
import { watchWrites } from './write-watch.js';

/** A store that takes appends, register writes, both or neither. */
function aStore() {
  const takes = { append: true, writeRegister: true };
  const store: EventStore = new Proxy(memoryEventStore(new VirtualClock(0)), {
    get: (target, name: keyof EventStore) =>
      (name === 'append' || name === 'writeRegister') && !takes[name]
        ? () => Promise.reject(new StoreUnavailable('No.', { reason: 'the disk is full' }))
        : target[name].bind(target),
  });
  let now = 1_000;
  const writes = watchWrites(store, () => now);
  const quietly = (write: Promise<unknown>): Promise<unknown> => write.catch(() => undefined);
  return {
    takes,
    writes,
    later: (ms: number) => (now += ms),
    append: () => quietly(writes.store.append('handover-1', [anEvent()], 'any')),
    lease: async () => {
      const found = await writes.store.readRegister('lease');
      await quietly(writes.store.writeRegister('lease', 1, found?.revision ?? 'none'));
    },
  };
}

describe('watchWrites', () => {
  it('tells why the last write failed, until one succeeds', async () => {
    const { takes, writes, append } = aStore();
    await append();
    expect(writes.fault()).toBeUndefined();
    takes.append = false;
    await append();
    expect([writes.fault(), writes.failures()]).toEqual(['the disk is full', 1]);
    takes.append = true;
    await append();
    expect([writes.fault(), writes.failures()]).toEqual([undefined, 1]);
  });

  it('tells of a register that is not written too: without requests only the relay writes', async () => {
    const { takes, writes, lease } = aStore();
    takes.writeRegister = false;
    await lease();
    expect(writes.fault()).toBe('the disk is full');
    takes.writeRegister = true;
    await lease();
    expect(writes.fault()).toBeUndefined();
  });

  it('does not take a small write that found room for a proof that events do, for ten seconds', async () => {
    const { takes, writes, append, lease, later } = aStore();
    takes.append = false;
    await append();
    later(9_999);
    await lease();
    expect(writes.fault()).toBe('the disk is full');
    later(1);
    await lease();
    expect(writes.fault()).toBeUndefined();
  });

  it('does not count a write that was refused for what it asks', async () => {
    const { writes } = aStore();
    await expect(writes.store.append('handover-1', [anEvent()], 7)).rejects.toThrow('is at revision');
    expect([writes.fault(), writes.failures()]).toEqual([undefined, 0]);
  });
});

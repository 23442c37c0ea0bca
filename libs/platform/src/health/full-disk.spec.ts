import { VirtualClock } from '@handover/kernel';
import { StoreUnavailable } from '../event-store/faults.js';
import { memoryEventStore } from '../event-store/memory.js';
import { until } from '../event-store/testing/until.js';
import { startService } from '../nest/start-service.js';
import { greetings, greetingTopics } from '../nest/testing/greetings.js';
import { aPlatform } from '../testing/a-platform.js';

describe('a service on a full disk', () => {
  it('is down, and says why, although the store can be read; it is up by itself when there is room', async () => {
    const clock = new VirtualClock(0);
    const store = memoryEventStore(clock);
    const writeRegister = store.writeRegister.bind(store);
    let full = false;
    store.writeRegister = (...args) =>
      full
        ? Promise.reject(new StoreUnavailable('Nothing was written.', { reason: 'the disk is full' }))
        : writeRegister(...args);
    const platform = await aPlatform({ topics: greetingTopics, store, clock });
    const service = await startService(greetings, platform, { listen: false });
    const is = async (status: string): Promise<boolean> => (await service.readiness()).status === status;

    await until(() => is('up'));
    full = true;
    await until(() => is('down'));
    const { checks } = await service.readiness();
    expect(checks['store']).toEqual({ status: 'down', detail: 'takes no events: the disk is full' });
    await until(() => service.relay().state === 'starting');
    expect(await platform.metrics.registry.metrics()).toContain(
      `handover_store_writable{service="${greetings.name}"} 0`,
    );
    full = false;
    await until(() => is('up'));
    await service.stop();
    await platform.close();
  });
});

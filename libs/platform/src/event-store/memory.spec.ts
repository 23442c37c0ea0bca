import { describeEventStore } from './event-store.contract.js';
import { memoryEventStore } from './memory.js';

describeEventStore('memory', async (clock) => {
  const store = memoryEventStore(clock);
  return { store, stop: () => store.close() };
});

import { VirtualClock } from '@handover/kernel';
import { pino } from 'pino';
import { VirtualWall } from '../../clock/virtual-wall.js';
import { memoryEventStore } from '../../event-store/memory.js';
import { type EventStore } from '../../event-store/port.js';
import { type Publishes } from '../port.js';
import { type Relay, type RelayOptions, startRelay } from '../relay.js';
import { mortalStore, Reaper, RecordingBus } from './mortal.js';

export const publishes: Publishes = ({ type, stream, data }) => [
  { topic: 'orders', key: stream, type, data: data as object },
];

/** A log, a broker and the time that relays share. */
export function aWorld() {
  const store = memoryEventStore(new VirtualClock(Date.parse('2026-11-23T10:00:00Z')));
  const bus = new RecordingBus();
  const wall = new VirtualWall();
  let events = 0;
  const relays: Relay[] = [];
  return {
    store,
    bus,
    wall,
    /** Appends events round robin over three streams; answers with all ids appended so far. */
    append: async (count: number, recordStore: EventStore = store): Promise<void> => {
      for (let index = 0; index < count; index += 1) {
        const id = `e${++events}`;
        const metadata = { correlationId: 'c', causationId: 'x', schemaVersion: 1 };
        await recordStore.append(
          `order-${events % 3}`,
          [{ id, type: 'Ordered', data: { number: events }, metadata }],
          'any',
        );
      }
    },
    appended: (): string[] => Array.from({ length: events }, (_, index) => `e${index + 1}`),
    start: (holder: string, more: Partial<RelayOptions> = {}): Relay => {
      const relay = startRelay({
        service: 'orders',
        categories: ['order'],
        publishes,
        store,
        bus,
        holder,
        wall,
        log: pino({ level: 'silent' }),
        ...more,
      });
      relays.push(relay);
      return relay;
    },
    stop: async (): Promise<void> => {
      const stopped = Promise.all(relays.map((relay) => relay.stop()));
      await wall.pass(10_000);
      await stopped;
    },
  };
}

export const publishedAll = (world: ReturnType<typeof aWorld>): boolean => {
  const ids = new Set(world.bus.ids());
  return world.appended().every((id) => ids.has(id));
};

/** What a consumer keeps that takes each message once. */
export const firstTime = (ids: readonly string[]): string[] => [...new Set(ids)];

export async function notedPosition(store: EventStore): Promise<unknown> {
  const register = await store.readRegister('relay-orders');
  return (register?.value as { position?: unknown } | undefined)?.position;
}

/** A store whose register calls can be made to hang, and to go on later. */
export function stallable(store: EventStore): { store: EventStore; stall(): void; wake(): void } {
  let gate = Promise.resolve();
  let open = (): void => undefined;
  return {
    store: {
      ...bound(store),
      writeRegister: async (...write) => {
        await gate;
        return store.writeRegister(...write);
      },
    },
    stall: () => {
      gate = new Promise((resolve) => (open = resolve));
    },
    wake: () => open(),
  };
}

/** The store's methods as an object's own, to override some. */
export const bound = (store: EventStore): EventStore => mortalStore(store, new Reaper(Infinity));

import { type Clock, countingIds, VirtualClock } from '@handover/kernel';
import { type Logger, pino } from 'pino';
import { embeddedBus } from '../bus/embedded/embedded-bus.js';
import { type Bus, type TopicSpec } from '../bus/port.js';
import { machineWall, type Wall } from '../clock/wall.js';
import { type Config, configFromEnvironment } from '../config.js';
import { memoryEventStore } from '../event-store/memory.js';
import { type EventStore } from '../event-store/port.js';
import { createMetrics } from '../metrics/metrics.js';
import { type Platform } from '../platform.js';

export interface PlatformParts {
  /** Default: a virtual clock at 2026-11-23T10:00Z. */
  readonly clock?: Clock;
  /** Topics to create; each may also be just a name, with 3 partitions. */
  readonly topics?: readonly (TopicSpec | string)[];
  readonly config?: Partial<Config>;
  readonly store?: EventStore;
  readonly bus?: Bus;
  readonly wall?: Wall;
  readonly log?: Logger;
}

/** A platform for tests: real parts in memory, ids that count up (each instance its own), a silent log, a free port. Close it at the end. */
export async function aPlatform(parts: PlatformParts = {}): Promise<Platform> {
  const { clock = new VirtualClock(Date.parse('2026-11-23T10:00:00Z')), topics = [] } = parts;
  const log = parts.log ?? pino({ level: 'silent' });
  const store = parts.store ?? memoryEventStore(clock);
  const bus = parts.bus ?? embeddedBus({ file: ':memory:', clock, log });
  await bus.applyTopics(
    topics.map((topic) => (typeof topic === 'string' ? { name: topic, partitions: 3 } : topic)),
  );
  return {
    config: configFromEnvironment({ store: 'memory:', bus: 'embedded:memory', port: 0, ...parts.config }, {}),
    store,
    bus,
    clock,
    wall: parts.wall ?? machineWall,
    ids: countingIds(parts.config?.instance),
    log,
    metrics: createMetrics(clock, bus),
    close: async () => {
      await bus.close();
      await store.close();
    },
  };
}

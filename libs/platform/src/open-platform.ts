import { randomIds } from '@handover/kernel';
import { type DestinationStream } from 'pino';
import { openBus } from './bus/open-bus.js';
import { openClock } from './clock/clocks.js';
import { machineWall } from './clock/wall.js';
import { type Config, ConfigError, ownStore } from './config.js';
import { openEventStore } from './event-store/open.js';
import { createLog } from './log/create-log.js';
import { createMetrics } from './metrics/metrics.js';
import { type Platform } from './platform.js';

/**
 * Opens what a process needs of the outside world, as the configuration says.
 * @param process its name in the log
 * @throws ConfigError if a URL names no adapter, or an option that it does not have
 * @throws StoreUnavailable if the store cannot be opened; a broker that is away is waited for
 */
export async function openPlatform(
  config: Config,
  process: string,
  logTo?: DestinationStream,
): Promise<Platform> {
  const log = createLog(config, process, logTo);
  const { dataDirectory } = config;
  const clock = await ofVariable('HANDOVER_CLOCK', () => openClock(config.clock));
  const store = await ofVariable('HANDOVER_STORE', () => openEventStore(config.store, clock));
  const bus = await ofVariable('HANDOVER_BUS', () =>
    openBus(config.bus, { dataDirectory, clientId: process, clock, log }),
  );
  if (config.bus.startsWith('kafka') && config.store === ownStore(dataDirectory))
    log.warn(
      { store: config.store },
      'the event store is the file in HANDOVER_DATA: on Kafka all processes must have one; unless all share that directory, set HANDOVER_STORE',
    );
  return {
    config,
    store,
    bus,
    clock,
    wall: machineWall,
    ids: randomIds,
    log,
    metrics: createMetrics(clock, bus),
    close: async () => {
      await bus.close();
      await store.close();
    },
  };
}

/** What a part finds wrong with its setting, as a fault of the variable that holds it. */
async function ofVariable<Part>(name: string, open: () => Part | Promise<Part>): Promise<Part> {
  try {
    return await open();
  } catch (fault) {
    throw fault instanceof RangeError ? new ConfigError(`${name}: ${fault.message}`) : fault;
  }
}

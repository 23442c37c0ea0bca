import { collectDefaultMetrics } from 'prom-client';
import { type TopicSpec } from './bus/port.js';
import { type Config, configFromEnvironment } from './config.js';
import { openPlatform } from './open-platform.js';
import { startService } from './nest/start-service.js';
import { type ServiceDefinition } from './nest/service.js';
import { type Platform } from './platform.js';
import { prepareBus } from './prepare-bus.js';
import { type Running, runProcess } from './run-process.js';

/** Port of each service when it runs alone. */
const ports: Readonly<Record<string, number>> = {
  intake: 3001,
  capacity: 3002,
  reservation: 3003,
  dialing: 3004,
  analytics: 3005,
};

/**
 * Runs one service as this process until SIGTERM or SIGINT: what each app's `main.ts` does.
 * @param topics created or verified at start, as `HANDOVER_TOPICS` says
 */
export const runService = (definition: ServiceDefinition, topics: readonly TopicSpec[] = []): Promise<void> =>
  runProcess(definition.name, async () => {
    const config = configFromEnvironment({ port: ports[definition.name] });
    const platform = await openPlatform(config, definition.name);
    collectDefaultMetrics({ register: platform.metrics.registry });
    return serve(definition, platform, config, topics);
  });

/** Runs one service on an open platform, which is its own: stopping it closes the platform. */
export async function serve(
  definition: ServiceDefinition,
  platform: Platform,
  { store, bus, stopMs }: Config,
  topics: readonly TopicSpec[],
): Promise<Running> {
  const stopPreparing = await prepareBus(platform, topics);
  const service = await startService(definition, platform);
  platform.log.info(
    { url: service.url, store: schemeOf(store), bus: schemeOf(bus) },
    `${definition.title} listens at ${service.url}`,
  );
  return {
    log: platform.log,
    stopMs,
    stop: async () => {
      stopPreparing();
      await service.stop();
      await platform.close();
    },
  };
}

/** The adapter's name: the rest of the URL may hold a password. */
const schemeOf = (url: string): string => url.split(':', 1)[0] ?? '';

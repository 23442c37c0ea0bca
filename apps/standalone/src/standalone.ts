import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { type AddressInfo } from 'node:net';
import { topicDefinitions } from '@handover/contracts';
import {
  type Check,
  closeIdleConnections,
  guard,
  mergedOpenApi,
  operationsInstance,
  type Platform,
  prepareBus,
  type Readiness,
  type RunningService,
  type ServiceDefinition,
  startService,
  worst,
} from '@handover/platform';
import { router } from './router.js';

export interface Standalone {
  readonly url: string;
  readonly services: readonly RunningService[];
  readiness(): Promise<Readiness>;
  /** Finishes requests, then messages and relays of all services. */
  stop(): Promise<void>;
}

/** A check of the process's own, beside those of its services; asked whenever its readiness is. */
export type OwnCheck = (services: readonly RunningService[]) => Check;

/** Several services in this process, on one platform and one port. */
export async function startStandalone(
  platform: Platform,
  definitions: readonly ServiceDefinition[],
  own: Readonly<Record<string, OwnCheck>> = {},
): Promise<Standalone> {
  const stopPreparing = await prepareBus(platform, topicDefinitions);
  const services = await Promise.all(
    definitions.map((definition) => startService(definition, platform, { listen: false })),
  );
  const readiness = (): Promise<Readiness> => readinessOfAll(services, own);
  const operations = await operationsInstance({
    ready: readiness,
    openApi: () => mergedOpenApi(services.map((service) => service.openApi())),
    registry: platform.metrics.registry,
    process: { platform, services: () => services },
  });
  const server = createServer(router(services, (request, response) => operations.routing(request, response)));
  guard(server);
  server.listen(platform.config.port, platform.config.host);
  await once(server, 'listening');
  return {
    url: urlOf(server, platform.config.host),
    services,
    readiness,
    stop: async () => {
      stopPreparing();
      await close(server, services);
      await Promise.all(services.map((service) => service.stop()));
      await operations.close();
    },
  };
}

/** All checks of all services, by `<service> <check>`, and those of the process. */
async function readinessOfAll(
  services: readonly RunningService[],
  own: Readonly<Record<string, OwnCheck>>,
): Promise<Readiness> {
  const checks = await Promise.all(
    services.map(async (service) =>
      Object.entries((await service.readiness()).checks).map(
        ([name, check]) => [`${service.definition.name} ${name}`, check] as const,
      ),
    ),
  );
  const ofProcess = Object.entries(own).map(([name, check]) => [name, check(services)] as const);
  const all = Object.fromEntries([...checks.flat(), ...ofProcess]);
  return { status: worst(Object.values(all)), checks: all };
}

/** Takes no more requests; resolves when those in hand are answered. */
async function close(server: Server, services: readonly RunningService[]): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  const enough = closeIdleConnections(server);
  for (const service of services) service.endStreams();
  await closed;
  enough();
}

function urlOf(server: Server, host: string): string {
  const { port } = server.address() as AddressInfo;
  if (host === '0.0.0.0' || host === '::') return `http://localhost:${port}`;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

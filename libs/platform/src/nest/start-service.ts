import { type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { type MicroserviceOptions, type NestMicroservice } from '@nestjs/microservices';
import { type NestFastifyApplication } from '@nestjs/platform-fastify';
import { randomUUID } from 'node:crypto';
import { type Readiness, readinessOf } from '../health/readiness.js';
import { watchWrites } from '../health/write-watch.js';
import { type OpenApi, openApiOf } from '../openapi/open-api.js';
import { addOperations } from '../operations/routes.js';
import { type Platform } from '../platform.js';
import { openViews } from '../projections/open-views.js';
import { type Views } from '../projections/views.js';
import { type RelayStatus, startRelay } from '../relay/relay.js';
import { BusStrategy } from './bus-strategy.js';
import { ProblemFilter, RethrowFilter } from './filters.js';
import { httpAdapter, type ServiceAdapter } from './http-adapter.js';
import { nestLog } from './nest-log.js';
import { httpPipe, messagePipe } from './pipes.js';
import { PlatformModule } from './platform-module.js';
import { type ServiceDefinition } from './service.js';

export interface StartOptions {
  /** Default: the configuration's. 0 takes a free one. */
  readonly port?: number;
  /** Default: the configuration's. */
  readonly host?: string;
  /** False: no port of its own; requests come through `handle` (the standalone) or `app.inject` (tests). */
  readonly listen?: boolean;
}

/** A service at work. */
export interface RunningService {
  readonly definition: ServiceDefinition;
  /** `http://127.0.0.1:3001`; empty without a port. */
  readonly url: string;
  readonly app: NestFastifyApplication;
  readonly views: Views;
  relay(): RelayStatus;
  readiness(): Promise<Readiness>;
  openApi(): OpenApi;
  /** Answers a request that another server has taken. */
  handle(request: IncomingMessage, response: ServerResponse): void;
  /** Ends its event streams, so that a server in front of it can close; clients reconnect. */
  endStreams(): void;
  /** Finishes requests, then messages in hand, then what the relay is publishing, then the views. */
  stop(): Promise<void>;
}

/**
 * Starts one service on a platform: its HTTP API, message handlers, relay and projections. Resolves when requests are
 * taken; the broker may still be away and projections catching up: `readiness` tells.
 */
export async function startService(
  definition: ServiceDefinition,
  shared: Platform,
  { port, host, listen = true }: StartOptions = {},
): Promise<RunningService> {
  const log = shared.log.child({ service: definition.name });
  const writes = watchWrites(shared.store, () => shared.wall.elapsed());
  const platform: Platform = { ...shared, log, store: writes.store };
  const views = openViews({ store: platform.store, log, ...viewsPlace(definition, platform) });
  const http = httpAdapter(definition.name, platform.metrics);
  const app = await createApp(definition, platform, views, http);
  const strategy = new BusStrategy(platform.bus, definition);
  connect(app, strategy);
  const openApi = lazily(() => openApiOf(app, definition));
  const own = definition.readiness && app.get(definition.readiness, { strict: false });
  const ready = (): Promise<Readiness> => readinessOf({ writes, strategy, relay, views, own });
  const operated = { definition, views, relay: () => relay.status(), readiness: ready };
  if (listen)
    addOperations(http.instance, {
      ready,
      openApi,
      registry: platform.metrics.registry,
      process: { platform, services: () => [operated] },
    });

  const folding = (definition.projections ?? []).map((projection) => views.run(projection));
  await app.init();
  await http.instance.ready();
  const relay = startRelay({
    ...definition,
    ...platform,
    service: definition.name,
    holder: holderOf(platform),
  });
  await app.startAllMicroservices();
  if (listen) await app.listen(port ?? platform.config.port, host ?? platform.config.host);
  const unwatch = platform.metrics.watch({
    service: definition.name,
    writes,
    relay: () => relay.status(),
    projections: () => views.status(),
  });

  return {
    ...operated,
    url: listen ? urlOf(http, host ?? platform.config.host) : '',
    app,
    openApi,
    handle: (request, response) => http.instance.routing(request, response),
    endStreams: () => http.streams.end(),
    stop: async () => {
      await http.instance.close();
      await strategy.close();
      await relay.stop();
      await app.close();
      await Promise.allSettled(folding);
      await views.stop();
      unwatch();
    },
  };
}

/** The service's Nest application, with our log, validation and problem details. */
async function createApp(
  { module }: ServiceDefinition,
  platform: Platform,
  views: Views,
  { adapter, routes }: ServiceAdapter,
): Promise<NestFastifyApplication> {
  const app = await NestFactory.create<NestFastifyApplication>(rootOf(module, platform, views), adapter, {
    logger: nestLog(platform.log),
    bodyParser: false,
    abortOnError: false,
  });
  app.useGlobalPipes(httpPipe());
  app.useGlobalFilters(new ProblemFilter(platform.log, routes));
  return app;
}

function rootOf(module: Type, platform: Platform, views: Views): Type {
  @Module({ imports: [PlatformModule.of(platform, views), module] })
  class Root {}
  return Root;
}

/** Messages have rules of their own: tolerant of unknown fields, and errors go to the bus as they are. */
function connect(app: NestFastifyApplication, strategy: BusStrategy): void {
  const messages = app.connectMicroservice<MicroserviceOptions>(
    { strategy },
    { deferInitialization: true },
  ) as NestMicroservice;
  messages.useGlobalPipes(messagePipe());
  messages.useGlobalFilters(new RethrowFilter());
  messages.registerListeners();
  messages.setIsInitialized(true);
  messages.setIsInitHookCalled(true);
}

/** A memory log does not outlive its process: neither do its views. */
const viewsPlace = ({ name }: ServiceDefinition, { config }: Platform): { directory?: string } =>
  config.store === 'memory:' ? {} : { directory: join(config.dataDirectory, 'views', name) };

const holderOf = ({ config }: Platform): string => `${config.instance}/${randomUUID()}`;

function urlOf({ instance }: ServiceAdapter, host: string): string {
  const [address] = instance.addresses();
  const shown = host.includes(':') ? `[${host}]` : host;
  return `http://${shown === '0.0.0.0' ? 'localhost' : shown}:${address?.port ?? 0}`;
}

function lazily<Value extends object>(make: () => Value): () => Value {
  let made: Value | undefined;
  return () => (made ??= make());
}

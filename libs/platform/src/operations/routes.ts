import { type FastifyInstance } from 'fastify';
import { type Registry } from 'prom-client';
import { type Readiness } from '../health/readiness.js';
import { type OpenApi } from '../openapi/open-api.js';
import { docsAsset, docsAssets, docsPage } from './docs-page.js';
import { type OperatedProcess } from './operated.js';
import { addProjectionRoutes } from './projection-routes.js';
import { statusOf } from './status.js';

/** What operators and tools may ask a process. */
export interface Operations {
  readonly ready: () => Promise<Readiness>;
  readonly openApi: () => OpenApi;
  readonly registry: Registry;
  readonly process: OperatedProcess;
}

/** Adds `/health/live`, `/health/ready`, `/metrics`, `/openapi.json`, `/docs` and `/operations/…`. */
export function addOperations(
  instance: FastifyInstance,
  { ready, openApi, registry, process }: Operations,
): void {
  instance.get('/health/live', () => ({ status: 'up' }));
  instance.get('/health/ready', async (_request, reply) => {
    const readiness = await ready();
    return reply.status(readiness.status === 'down' ? 503 : 200).send(readiness);
  });
  instance.get('/metrics', async (_request, reply) =>
    reply.type(registry.contentType).send(await registry.metrics()),
  );
  instance.get('/openapi.json', () => openApi());
  instance.get('/docs', (_request, reply) => reply.type('text/html').send(docsPage));
  for (const [name, type] of Object.entries(docsAssets))
    instance.get(`/docs/${name}`, (_request, reply) => reply.type(type).send(docsAsset(name)));
  instance.get('/operations/status', () => statusOf(process));
  addProjectionRoutes(instance, process);
}

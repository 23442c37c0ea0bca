import SwaggerParser from '@apidevtools/swagger-parser';
import { type OpenApi, mergedOpenApi, startService } from '@handover/platform';
import { aPlatform } from '@handover/platform/testing';
import { topicDefinitions } from '@handover/contracts';
import { definitions } from './definitions.js';

interface Described {
  readonly description?: string;
  readonly content?: Readonly<Record<string, { readonly schema?: object }>>;
}
interface Operation {
  readonly operationId?: string;
  readonly summary?: string;
  readonly tags?: readonly string[];
  readonly parameters?: readonly { readonly name: string; readonly description?: string }[];
  readonly responses: Readonly<Record<string, Described>>;
}

async function document(): Promise<OpenApi> {
  const platform = await aPlatform({ topics: topicDefinitions });
  const services = await Promise.all(
    definitions.map((definition) => startService(definition, platform, { listen: false })),
  );
  const merged = JSON.stringify(mergedOpenApi(services.map((service) => service.openApi())));
  await Promise.all(services.map((service) => service.stop()));
  await platform.close();
  return JSON.parse(merged) as OpenApi;
}

const openApi = await document();
const operations = Object.entries(openApi.paths).flatMap(([path, item]) =>
  Object.entries(item as Record<string, Operation>).map(
    ([method, operation]) => [`${method.toUpperCase()} ${path}`, operation] as const,
  ),
);

describe('the OpenAPI document of the whole system', () => {
  it('is valid OpenAPI, every reference resolved', async () => {
    const validated = await SwaggerParser.validate(structuredClone(openApi) as never);
    expect(Object.keys(validated.paths ?? {})).toHaveLength(Object.keys(openApi.paths).length);
  });

  it('names every operation once', () => {
    const ids = operations.map(([, { operationId }]) => operationId);
    expect(new Set(ids).size).toBe(operations.length);
    expect(operations.length).toBeGreaterThan(30);
  });

  describe.each(operations)('%s', (_, { summary, tags, parameters = [], responses }) => {
    const answers = Object.entries(responses);
    const refusals = answers.filter(([status]) => Number(status) >= 400);

    it('has a summary, and the tag of a service that is described', () => {
      expect(summary).toMatch(/^\p{Lu}.{8,}[^.]$/u);
      expect(openApi.tags?.map(({ name }) => name)).toEqual(expect.arrayContaining([...(tags ?? [])]));
      expect(tags).toHaveLength(1);
    });

    it('describes each parameter, and demands no header', () => {
      expect(parameters.filter(({ description }) => !description)).toEqual([]);
      expect(parameters).not.toContainEqual(expect.objectContaining({ in: 'header', required: true }));
    });

    it('has a schema for every answer with a body', () => {
      const done = answers.filter(([status]) => Number(status) < 300);
      expect(done.length).toBeGreaterThan(0);
      for (const [status, { description, content = {} }] of done) {
        expect(description).toMatch(/\w{3}/);
        if (status !== '204') expect(Object.keys(content)).not.toEqual([]);
        for (const { schema } of Object.values(content)) expect(schema).toBeDefined();
      }
    });

    it('names the types of its refusals, by status', () => {
      expect(refusals.map(([status]) => status)).toEqual(expect.arrayContaining(['500', '503']));
      for (const [, { content }] of refusals)
        expect(JSON.stringify(content?.['application/problem+json'])).toContain('/problems/');
    });
  });

  it.each([
    'HandoverRequest',
    'Personal',
    'Wishes',
    'Opportunity',
    'HandoverAnswer',
    'OfferView',
    'OfferAcceptance',
    'AppointmentAnswer',
    'AppointmentView',
    'AppointmentRefusal',
    'FarewellAnswer',
    'Reason',
    'Problem',
  ])('says what every field of %s means: a bot needs them all', (name) => {
    const schema = openApi.components?.schemas?.[name] as { properties: Record<string, Described> };
    const silent = Object.entries(schema.properties).filter(([, { description }]) => !description);
    expect(silent.map(([field]) => field)).toEqual([]);
  });

  it('says how a context is amended, a page is read and a desk is followed', () => {
    const content = (path: string, method: 'get' | 'patch'): string[] => {
      const operation = openApi.paths[path]?.[method] as {
        requestBody?: Described;
        responses: Record<string, Described>;
      };
      const described = method === 'patch' ? operation.requestBody : operation.responses['200'];
      return Object.keys(described?.content ?? {});
    };
    expect(content('/v1/handovers/{handoverId}/context', 'patch')).toContain('application/merge-patch+json');
    expect(content('/v1/callbacks/{callbackId}/briefing', 'get')).toEqual(['application/json', 'text/plain']);
    expect(content('/v1/agents/{agentId}/briefings', 'get')).toEqual(['text/event-stream']);
  });
});

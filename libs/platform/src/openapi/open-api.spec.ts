import { greetings, greetingTopics } from '../nest/testing/greetings.js';
import { type RunningService, startService } from '../nest/start-service.js';
import { type Platform } from '../platform.js';
import { aPlatform } from '../testing/a-platform.js';
import { mergedOpenApi, type OpenApi } from './open-api.js';

describe('the OpenAPI document of a service', () => {
  let platform: Platform;
  let service: RunningService;
  let document: OpenApi;

  beforeAll(async () => {
    platform = await aPlatform({ topics: greetingTopics });
    service = await startService(greetings, platform, { listen: false });
    document = JSON.parse(JSON.stringify(service.openApi())) as OpenApi;
  });
  afterAll(async () => {
    await service.stop();
    await platform.close();
  });

  it('states the rules of bodies, as the classes do that check them', () => {
    expect(document.paths['/v1/greetings']?.post?.requestBody).toMatchObject({
      content: { 'application/json': { schema: { $ref: '#/components/schemas/Greeting' } } },
    });
    expect(document.components?.schemas?.['Greeting']).toEqual({
      type: 'object',
      properties: {
        name: { type: 'string', maxLength: 10 },
        age: { type: 'integer', maximum: 120 },
        guests: { type: 'array', maxItems: 3, items: { $ref: '#/components/schemas/Guest' } },
      },
      required: ['name'],
    });
  });

  it('holds every schema that it refers to', () => {
    const references = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/([^"]+)"/g)];
    expect(references.length).toBeGreaterThan(3);
    for (const [, name = ''] of references)
      expect(Object.keys(document.components?.schemas ?? {})).toContain(name);
  });

  it('lists the parameters of paths and queries', () => {
    expect(document.paths['/v1/greetings/{id}']?.get?.parameters).toMatchObject([
      { in: 'path', name: 'id', required: true },
      { in: 'query', name: 'size', required: false, schema: { type: 'integer', maximum: 10 } },
    ]);
  });

  it('says by status how a call may be refused: what any call meets, and what this one adds', () => {
    const typesOf = (path: string, method: 'get' | 'post'): Record<string, string[]> =>
      Object.fromEntries(
        Object.entries(document.paths[path]?.[method]?.responses ?? {})
          .filter(([status]) => Number(status) >= 400)
          .map(([status, response]) => [
            status,
            [...JSON.stringify(response).matchAll(/"\/problems\/([a-z-]+)"/g)].map(([, type = '']) => type),
          ]),
      );
    const any = { 500: ['internal-error'], 503: ['temporarily-unavailable'] };
    expect(typesOf('/v1/greetings/{id}', 'get')).toEqual({
      ...any,
      400: ['invalid-request'],
      404: ['ill-formed-id'],
    });
    expect(typesOf('/v1/greetings', 'post')).toEqual({
      ...any,
      400: ['invalid-request', 'malformed-request', 'body-too-deep'],
      409: ['no-greeting'],
      413: ['body-too-large'],
      415: ['unsupported-media-type'],
    });
  });

  it('can be one for several services', () => {
    const other: OpenApi = {
      ...document,
      paths: { '/v1/others': {} },
      components: { schemas: { Other: {} } },
    };
    const both = mergedOpenApi([document, other]);
    expect(Object.keys(both.paths)).toEqual(expect.arrayContaining(['/v1/greetings', '/v1/others']));
    expect(Object.keys(both.components?.schemas ?? {})).toEqual(
      expect.arrayContaining(['Greeting', 'Other']),
    );
  });
});

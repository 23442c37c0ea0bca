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

  it('says that every call may be refused with problem details', () => {
    expect(document.paths['/v1/greetings']?.post?.responses).toMatchObject({
      default: {
        content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
      },
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

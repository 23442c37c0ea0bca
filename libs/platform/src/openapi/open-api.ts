import { type INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { type ServiceDefinition } from '../nest/service.js';
import { describeClasses, referredIn, validatedSchemas } from './schemas.js';

/** An OpenAPI 3.0 document. */
export type OpenApi = OpenAPIObject;

const problem = {
  type: 'object',
  description: 'Problem details, RFC 9457. `type` is stable; `violations` names fields and rules.',
  required: ['type', 'title', 'status', 'detail'],
  properties: {
    type: { type: 'string', example: '/problems/invalid-request' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    violations: {
      type: 'array',
      items: { type: 'object', properties: { field: { type: 'string' }, rule: { type: 'string' } } },
    },
  },
};

const refused = {
  description: 'Refused, with the reason.',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
};

/** Describes a service's HTTP API from its controllers and the rules of the classes they take and answer. */
export function openApiOf(app: INestApplication, { title, name }: ServiceDefinition): OpenApi {
  const schemas = validatedSchemas();
  describeClasses(schemas);
  const head = new DocumentBuilder().setTitle(`Handover: ${title}`).setVersion('v1').build();
  const scanned = SwaggerModule.createDocument(app, head, {
    operationIdFactory: (controller, method) => `${name}.${subjectOf(controller)}.${method}`,
    autoTagControllers: false,
  });
  const paths = Object.fromEntries(
    Object.entries(scanned.paths).map(([path, item]) => [path, withTagAndProblem(item, name)]),
  );
  const own = {
    ...scanned.components?.schemas,
    ...referredIn([paths, scanned.components], schemas as never),
  };
  return merged(
    [{ ...scanned, paths, components: { schemas: { ...own, Problem: problem } as never } }],
    head,
  );
}

/** What a controller is about: `HandoversController` is about `handovers`. An operation's id needs it to be unique. */
const subjectOf = (controller: string): string => controller.replace(/Controller$/, '').toLowerCase();

/** One document for several services. */
export function mergedOpenApi(documents: readonly OpenApi[]): OpenApi {
  const head = new DocumentBuilder().setTitle('Handover').setVersion('v1').build();
  return merged(documents, head);
}

const merged = (documents: readonly OpenApi[], head: Omit<OpenApi, 'paths'>): OpenApi => ({
  ...head,
  paths: Object.assign({}, ...documents.map(({ paths }) => paths)),
  components: { schemas: Object.assign({}, ...documents.map(({ components }) => components?.schemas)) },
});

const methods = new Set(['get', 'put', 'post', 'delete', 'patch', 'head', 'options']);

type PathItem = OpenApi['paths'][string];

const withTagAndProblem = (item: PathItem, tag: string): PathItem =>
  Object.fromEntries(
    Object.entries(item).map(([method, operation]) => [
      method,
      methods.has(method)
        ? { ...operation, tags: [tag], responses: { ...operation.responses, default: refused } }
        : operation,
    ]),
  ) as PathItem;

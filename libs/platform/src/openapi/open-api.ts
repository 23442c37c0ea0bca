import { type INestApplication } from '@nestjs/common';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { type ServiceDefinition } from '../nest/service.js';
import { type ScannedOperation, completed, problemSchema } from './refusals.js';
import { describeClasses, referredIn, validatedSchemas } from './schemas.js';

/** An OpenAPI 3.0 document. */
export type OpenApi = OpenAPIObject;

/** Describes a service's HTTP API from its controllers and the rules of the classes they take and answer. */
export function openApiOf(app: INestApplication, { title, name }: ServiceDefinition): OpenApi {
  const schemas = validatedSchemas();
  describeClasses(schemas);
  const head = headOf(`Handover: ${title}`).addTag(name, title).build();
  const scanned = SwaggerModule.createDocument(app, head, {
    operationIdFactory: (controller, method) => `${name}.${subjectOf(controller)}.${method}`,
    autoTagControllers: false,
  });
  const paths = Object.fromEntries(
    Object.entries(scanned.paths).map(([path, item]) => [path, completedPath(item, name)]),
  );
  const own = {
    ...scanned.components?.schemas,
    ...referredIn([paths, scanned.components], schemas as never),
  };
  const document = {
    ...scanned,
    paths,
    components: { schemas: { ...own, Problem: problemSchema } as never },
  };
  return withoutSiblings(merged([document], head)) as OpenApi;
}

/** What a controller is about: `HandoversController` is about `handovers`. An operation's id needs it to be unique. */
const subjectOf = (controller: string): string => controller.replace(/Controller$/, '').toLowerCase();

/** One document for several services. */
export function mergedOpenApi(documents: readonly OpenApi[]): OpenApi {
  const head = headOf('Handover').build();
  return merged(documents, { ...head, tags: documents.flatMap(({ tags = [] }) => tags) });
}

const headOf = (title: string): DocumentBuilder =>
  new DocumentBuilder()
    .setTitle(title)
    .setVersion('v1')
    .setDescription(
      'From a voicebot that cannot help to a kept appointment with a briefed human. Instants are ISO 8601 in UTC, refusals are problem details (RFC 9457) with a stable `type`, and saying the same again changes nothing.',
    );

const merged = (documents: readonly OpenApi[], head: Omit<OpenApi, 'paths'>): OpenApi => ({
  ...head,
  paths: Object.assign({}, ...documents.map(({ paths }) => paths)),
  components: { schemas: Object.assign({}, ...documents.map(({ components }) => components?.schemas)) },
});

const methods = new Set(['get', 'put', 'post', 'delete', 'patch', 'head', 'options']);

type PathItem = OpenApi['paths'][string];

const completedPath = (item: PathItem, tag: string): PathItem =>
  Object.fromEntries(
    Object.entries(item).map(([method, operation]) => [
      method,
      methods.has(method) ? completed(operation as ScannedOperation, tag) : (operation as object),
    ]),
  ) as PathItem;

/** OpenAPI 3.0 ignores what stands beside a reference: a description needs `allOf`. */
function withoutSiblings(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(withoutSiblings);
  if (typeof part !== 'object' || part === null) return part;
  const { $ref, type: _type, ...rest } = part as { $ref?: string; type?: unknown };
  if ($ref === undefined)
    return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, withoutSiblings(value)]));
  return Object.keys(rest).length > 0 ? { ...rest, allOf: [{ $ref }] } : { $ref };
}

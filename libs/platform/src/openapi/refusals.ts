import { type OpenApi } from './open-api.js';
import { type OwnRefusals, type Refusals, refusalsKey } from './operation.js';

/** An operation, as far as it is completed here. */
export interface ScannedOperation {
  readonly summary?: string;
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: object };
  readonly responses: Readonly<Record<string, { readonly description?: string }>>;
  readonly [refusalsKey]?: OwnRefusals;
}

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
}

/** The schema of every refusal: what is specific to some types is optional. */
export const problemSchema = {
  type: 'object',
  description: 'Problem details (RFC 9457). Decide by `type`: it is stable. Nothing personal is in it.',
  required: ['type', 'title', 'status', 'detail'],
  properties: {
    type: { type: 'string', description: 'What was refused, as `/problems/invalid-request`.' },
    title: { type: 'string', description: 'The same for a person, always alike for one type.' },
    status: { type: 'integer', description: 'The HTTP status.' },
    detail: { type: 'string', description: 'What happened, to what, and what to do.' },
    violations: {
      type: 'array',
      description: 'Every field that breaks a rule.',
      items: {
        type: 'object',
        required: ['field', 'rule'],
        properties: {
          field: { type: 'string', description: 'Path of the field, as `opportunities[0].product`.' },
          rule: { type: 'string', description: 'What holds for it. The value is never repeated.' },
        },
      },
    },
    say: { type: 'string', description: 'A whole sentence for the caller, where one is waiting.' },
  },
};

/** Any operation may meet these. */
const always: Refusals = { 500: ['internal-error'], 503: ['temporarily-unavailable'] };
const ofPath: Refusals = { 404: ['ill-formed-id'] };
const ofQuery: Refusals = { 400: ['invalid-request'] };
const ofBody: Refusals = {
  400: ['invalid-request', 'malformed-request', 'body-too-deep'],
  413: ['body-too-large'],
  415: ['unsupported-media-type'],
};

/** Every problem type that an operation may answer, by status. */
function refusalsOf({
  parameters = [],
  requestBody,
  ...operation
}: ScannedOperation): Map<string, Set<string>> {
  const has = (place: string): boolean => parameters.some((parameter) => parameter.in === place);
  const all = new Map<string, Set<string>>();
  const add = (refusals: Refusals): void => {
    for (const [status, types] of Object.entries(refusals))
      all.set(status, new Set([...(all.get(status) ?? []), ...types]));
  };
  add(operation[refusalsKey]?.refusals ?? {});
  if (has('path')) add(ofPath);
  if (has('query') || has('header')) add(ofQuery);
  if (requestBody) add(ofBody);
  add(always);
  return all;
}

function responseOf(types: ReadonlySet<string>, extension: string | undefined): object {
  const uris = [...types].map((type) => `/problems/${type}`);
  return {
    description: uris.map((uri) => `\`${uri}\``).join(', '),
    content: {
      'application/problem+json': {
        schema: {
          allOf: [
            { $ref: '#/components/schemas/Problem' },
            ...(extension ? [{ $ref: `#/components/schemas/${extension}` }] : []),
            { type: 'object', properties: { type: { type: 'string', enum: uris } } },
          ],
        },
      },
    },
  };
}

/** Set by our clients' libraries or by HTTP itself, and never demanded. */
const headersOfHttp = ['accept', 'last-event-id'];

const withOptionalHeaders = (parameters: readonly Parameter[]): Parameter[] =>
  parameters
    .filter((parameter) => parameter.in !== 'header' || !headersOfHttp.includes(parameter.name))
    .map((parameter) => (parameter.in === 'header' ? optional(parameter) : parameter));

const optional = (header: Parameter): Parameter => ({
  ...header,
  required: false,
  ...(header.name === 'traceparent' && { description: 'W3C trace context; carried on to every event.' }),
});

/** The operation with its tag, its refusals by status, and no header that is demanded. */
export function completed(operation: ScannedOperation, tag: string): object {
  const { [refusalsKey]: own, parameters = [], responses, ...rest } = operation;
  const refusals = [...refusalsOf(operation)].map(([status, types]) => [
    status,
    responseOf(types, own?.extensions[status]),
  ]);
  const answers = Object.entries(responses).map(([status, response]) => [
    status,
    { ...response, description: response.description || (operation.summary ?? '') },
  ]);
  return {
    ...rest,
    tags: [tag],
    parameters: withOptionalHeaders(parameters),
    responses: Object.fromEntries([...answers, ...refusals]) as OpenApi['paths'],
  };
}

import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { type Answer } from './api.js';
import { type System } from './system.js';

interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
}
interface Operation {
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, unknown>> }>>;
}

const pointer = (...parts: readonly string[]): string =>
  parts.map((part) => encodeURIComponent(part.replaceAll('~', '~0').replaceAll('/', '~1'))).join('/');

/**
 * The same system, whose every answer must be as its own OpenAPI document says: status, media type, schema, and the
 * type of a refusal.
 */
export async function documented(system: System): Promise<System> {
  const { body: document } = await system.call<Document>('GET', '/openapi.json');
  const ajv = new Ajv({ strict: false, allErrors: true, validateSchema: false });
  addFormats.default(ajv);
  ajv.addSchema(document, 'openapi.json');
  const validators = new Map<string, ValidateFunction>();
  const validatorOf = (reference: string): ValidateFunction => {
    const known = validators.get(reference) ?? ajv.compile({ $ref: `openapi.json#/${reference}` });
    validators.set(reference, known);
    return known;
  };

  const check = (method: string, path: string, { status, headers, body }: Answer<unknown>): void => {
    const called = `${method} ${path.split('?')[0] ?? path} answered ${status}`;
    const template = templateOf(document, path);
    const operation = template && document.paths[template]?.[method.toLowerCase()];
    if (!template || !operation) return; // not of the API: health, operations, an address that is none
    const response = operation.responses[status];
    if (!response) throw new Error(`${called}, which ${template} does not document`);
    if (!response.content) return;
    const [type = ''] = (headers.get('content-type') ?? '').split(';');
    if (!(type in response.content)) throw new Error(`${called} with ${type}, which is not documented`);
    const valid = validatorOf(
      pointer(
        'paths',
        template,
        method.toLowerCase(),
        'responses',
        String(status),
        'content',
        type,
        'schema',
      ),
    );
    if (!valid(body)) throw new Error(`${called}, but ${ajv.errorsText(valid.errors)}`);
  };

  return {
    ...system,
    call: async <Body = Record<string, unknown>>(...[method, path, options]: Parameters<System['call']>) => {
      const answer = await system.call<Body>(method, path, options);
      check(method, path, answer);
      return answer;
    },
  };
}

/** The documented path that an address is one of; literal parts win over parameters. */
function templateOf({ paths }: Document, address: string): string | undefined {
  const given = (address.split('?')[0] ?? '').split('/');
  const fits = (template: string): boolean => {
    const wanted = template.split('/');
    return (
      wanted.length === given.length &&
      wanted.every((part, index) => part.startsWith('{') || part === given[index])
    );
  };
  const parameters = (template: string): number => template.split('{').length;
  return Object.keys(paths)
    .filter(fits)
    .sort((one, other) => parameters(one) - parameters(other))[0];
}

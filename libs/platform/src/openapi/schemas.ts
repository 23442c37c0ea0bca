import { getMetadataStorage } from 'class-validator';
import { defaultMetadataStorage } from 'class-transformer/cjs/storage.js';
import { validationMetadatasToSchemas } from 'class-validator-jsonschema';
import { ApiProperty } from '@nestjs/swagger';

/** A JSON Schema, as far as we read it. */
export interface Schema {
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly [keyword: string]: unknown;
}

/** JSON Schemas of every validated class, by class name, from the same decorators that validate. */
export const validatedSchemas = (): Record<string, Schema> =>
  validationMetadatasToSchemas({
    classTransformerMetadataStorage: defaultMetadataStorage,
    refPointerPrefix: '#/components/schemas/',
    additionalConverters: {
      isInstant: { type: 'string', format: 'date-time' },
      isLocalDate: { type: 'string', format: 'date' },
      isZone: { type: 'string', description: 'IANA time zone, as Europe/Zurich' },
    },
  }) as Record<string, Schema>;

const told = new WeakSet<object>();

/** Tells Nest's OpenAPI scanner the fields of every validated class, so that contracts need no second set of decorators. */
export function describeClasses(schemas: Readonly<Record<string, Schema>>): void {
  for (const type of validatedClasses()) {
    const { properties = {}, required = [] } = schemas[type.name] ?? {};
    if (told.has(type)) continue;
    told.add(type);
    for (const [field, schema] of Object.entries(properties))
      ApiProperty({
        type: Object,
        ...flat(schema),
        required: required.includes(field),
      })(type.prototype as object, field);
  }
}

/** What a query parameter needs; whole objects are described by their own schema. */
const flat = ({ $ref, ...schema }: Schema): object => ($ref ? {} : schema);

function validatedClasses(): Set<{ readonly name: string; readonly prototype: unknown }> {
  const storage = getMetadataStorage() as unknown as { validationMetadatas: Map<() => void, unknown> };
  return new Set(storage.validationMetadatas.keys()) as never;
}

/** The schemas that a document refers to, those that these refer to, and so on. */
export function referredIn(document: unknown, all: Readonly<Record<string, Schema>>): Record<string, Schema> {
  const found: Record<string, Schema> = {};
  const visit = (part: unknown): void => {
    for (const [, name = ''] of JSON.stringify(part).matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
      const schema = all[name];
      if (!schema || found[name]) continue;
      found[name] = schema;
      visit(schema);
    }
  };
  visit(document);
  return found;
}

import { validationMetadatasToSchemas } from 'class-validator-jsonschema';
import { defaultMetadataStorage } from 'class-transformer/cjs/storage.js';

/** A JSON Schema, as far as we read it. */
export interface JsonSchema {
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly [keyword: string]: unknown;
}

const schemaPrefix = '#/components/schemas/';

/** JSON Schemas of every contract class by class name, from the same decorators that validate. */
export function contractSchemas(): Record<string, JsonSchema> {
  return validationMetadatasToSchemas({
    classTransformerMetadataStorage: defaultMetadataStorage,
    refPointerPrefix: schemaPrefix,
    additionalConverters: {
      isInstant: { type: 'string', format: 'date-time' },
      isLocalDate: { type: 'string', format: 'date' },
      isZone: { type: 'string', description: 'IANA time zone, as Europe/Zurich' },
    },
  }) as Record<string, JsonSchema>;
}

/** The schema of a class. One that only renames another has its parent's. @throws Error if no field of it has a rule */
export function schemaOf(type: { readonly name: string }, all: Record<string, JsonSchema>): JsonSchema {
  for (let each = type; each.name; each = Object.getPrototypeOf(each) as typeof type) {
    const schema = all[each.name];
    if (schema) return schema;
  }
  throw new Error(`${type.name} has no rules, so nothing can be said of its fields`);
}

/** What is published of an event: all but the personal part, which stays in the event store. */
export function withoutPersonal(schema: JsonSchema): JsonSchema {
  const { personal: _personal, ...properties } = schema.properties ?? {};
  return { ...schema, properties, required: schema.required?.filter((field) => field !== 'personal') };
}

/** The schemas that these ones lead to, themselves included. */
export function reachable(
  all: Record<string, JsonSchema>,
  roots: readonly JsonSchema[],
): Record<string, JsonSchema> {
  const found: Record<string, JsonSchema> = {};
  const visit = (schema: unknown): void => {
    for (const [, name] of JSON.stringify(schema).matchAll(/"#\/components\/schemas\/([^"]+)"/g)) {
      const next = name === undefined ? undefined : all[name];
      if (!name || !next || found[name]) continue;
      found[name] = next;
      visit(next);
    }
  };
  roots.forEach(visit);
  return found;
}

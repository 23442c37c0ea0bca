import { readFileSync } from 'node:fs';
import { getMetadataStorage } from 'class-validator';
import { JSONSchema } from 'class-validator-jsonschema';

interface Class {
  readonly name: string;
  readonly prototype: object;
}

/** Written from the doc comments of these classes: npm run docs. */
const descriptions = JSON.parse(
  readFileSync(new URL('../descriptions.json', import.meta.url), 'utf8'),
) as Readonly<Record<string, Readonly<Record<string, string>>>>;

/** Gives the classes' doc comments to their JSON schemas, so that OpenAPI and AsyncAPI say what the code says. */
export function describeContracts(): void {
  const storage = getMetadataStorage() as unknown as { validationMetadatas: Map<Class, unknown> };
  for (const type of storage.validationMetadatas.keys())
    for (const [field, description] of Object.entries(descriptions[type.name] ?? {})) {
      if (field === '') JSONSchema({ description })(type as never);
      else JSONSchema({ description })(type.prototype, field);
    }
}

import { type JsonSchema } from './schemas.js';

/** Who writes the message: integrators write commands to us, we write events and records to them. */
export type Direction = 'received' | 'sent';

/** What another document's components hold, as far as compatibility goes. */
export interface Components {
  readonly messages: Readonly<Record<string, { readonly payload: JsonSchema }>>;
  readonly schemas: Readonly<Record<string, JsonSchema>>;
}

const resolve = (schema: JsonSchema, { schemas }: Components): JsonSchema => {
  const name = schema.$ref?.split('/').at(-1);
  return (name ? schemas[name] : undefined) ?? schema;
};

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const missing = (from: readonly unknown[], wanted: readonly unknown[]): unknown[] =>
  wanted.filter((one) => !from.includes(one));

/** Breaks in one schema and beneath it; `seen` ends recursion through references. */
function breaksIn(
  path: string,
  [before, old]: readonly [JsonSchema, Components],
  [after, now]: readonly [JsonSchema, Components],
  direction: Direction,
  seen: ReadonlySet<string> = new Set(),
): string[] {
  if (before.$ref && seen.has(before.$ref)) return [];
  const deeper = before.$ref ? new Set([...seen, before.$ref]) : seen;
  const [was, is] = [resolve(before, old), resolve(after, now)];
  const breaks: string[] = [];
  if (was['type'] !== is['type'])
    breaks.push(`${path}: type ${String(was['type'])} became ${String(is['type'])}`);
  if (direction === 'received') {
    for (const field of missing(list(was.required), list(is.required)))
      breaks.push(`${path}.${String(field)}: became required`);
    if (is['enum'])
      for (const word of missing(list(is['enum']), list(was['enum'])))
        breaks.push(`${path}: no longer takes ${String(word)}`);
    if (is['pattern'] !== was['pattern']) breaks.push(`${path}: pattern changed`);
  } else {
    for (const field of missing(list(is.required), list(was.required)))
      breaks.push(`${path}.${String(field)}: is no longer always there`);
  }
  for (const [field, schema] of Object.entries(was.properties ?? {})) {
    const kept = is.properties?.[field];
    if (kept) breaks.push(...breaksIn(`${path}.${field}`, [schema, old], [kept, now], direction, deeper));
    else breaks.push(`${path}.${field}: was removed`);
  }
  const [items, itemsNow] = [was['items'], is['items']] as (JsonSchema | undefined)[];
  if (items && itemsNow)
    breaks.push(...breaksIn(`${path}[]`, [items, old], [itemsNow, now], direction, deeper));
  return breaks;
}

/**
 * What a newer document breaks of an older one, a line each; empty if every client of the older still works.
 * Within a major version contracts change by addition only: a field removed, a type changed, an input newly required or
 * narrowed, an output no longer always there are breaks.
 */
export function breakingChanges(
  old: Components,
  now: Components,
  directionOf: (message: string) => Direction,
): string[] {
  return Object.entries(old.messages).flatMap(([name, message]) => {
    const kept = now.messages[name];
    return kept
      ? breaksIn(name, [message.payload, old], [kept.payload, now], directionOf(name))
      : [`${name}: was removed`];
  });
}

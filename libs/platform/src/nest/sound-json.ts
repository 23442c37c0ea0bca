import { type Violation } from './validated.js';

/**
 * What no contract has, and what the libraries that read JSON by classes let through or stumble over: fields with a name
 * that every object has already, as `constructor`, and lists within lists.
 */
export function unsound(value: unknown, path = ''): Violation[] {
  if (Array.isArray(value))
    return value.flatMap((element, index) => {
      const field = `${path}[${index}]`;
      return Array.isArray(element) ? [{ field, rule: 'must not be a list' }] : unsound(element, field);
    });
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    const field = path ? `${path}.${name}` : name;
    return name in Object.prototype ? [{ field, rule: 'is not a known field' }] : unsound(inner, field);
  });
}

/** Without the fields that are null. Elements of lists stay: nothing cannot be one of several. */
export function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  const said = Object.entries(value).filter(([, field]) => field !== null);
  return Object.fromEntries(said.map(([name, field]) => [name, withoutNulls(field)]));
}

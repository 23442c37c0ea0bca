import { plainToInstance } from 'class-transformer';
import { type ValidationError, validate } from 'class-validator';
import { unsound, withoutNulls } from './sound-json.js';

/** One broken rule: the field's path, as `context.opportunities[0].product`, and the rule in words. Never the value. */
export interface Violation {
  readonly field: string;
  readonly rule: string;
}

/** What happens to fields that the class does not know. */
export type UnknownFields = 'refused' | 'removed';

export type Validated<Data> = { readonly data: Data } | { readonly violations: readonly Violation[] };

const mostViolations = 50;
const longestField = 200;

/**
 * Reads plain JSON as an instance of a contract class and checks every rule that the class states. Fields that are null
 * say nothing (ADR 0065): they are taken out first, unless the class has `nullTakesBack`.
 */
export async function validated<Data extends object>(
  plain: unknown,
  type: new (...args: never[]) => Data,
  unknown: UnknownFields,
): Promise<Validated<Data>> {
  if (typeof plain !== 'object' || plain === null || Array.isArray(plain))
    return { violations: [{ field: '', rule: 'must be a JSON object' }] };
  const faults = unsound(plain).slice(0, mostViolations);
  if (faults.length > 0)
    return { violations: faults.map(({ field, rule }) => ({ field: field.slice(0, longestField), rule })) };
  const said = 'nullTakesBack' in type ? plain : withoutNulls(plain);
  const data = plainToInstance(type as new () => Data, said);
  const errors = await validate(data, {
    whitelist: true,
    forbidNonWhitelisted: unknown === 'refused',
    forbidUnknownValues: true,
    stopAtFirstError: false,
    validationError: { target: false, value: false },
  });
  if (errors.length === 0) return { data };
  return { violations: errors.flatMap((error) => violationsOf(error, '')).slice(0, mostViolations) };
}

function violationsOf(error: ValidationError, parent: string): Violation[] {
  const field = pathOf(parent, error.property).slice(0, longestField);
  const own = Object.entries(error.constraints ?? {}).map(([name, message]) =>
    name === 'whitelistValidation' ? 'is not a known field' : withoutName(message, error.property),
  );
  const rules = [...new Set(own)].map((rule) => ({ field, rule }));
  return [...rules, ...(error.children ?? []).flatMap((child) => violationsOf(child, field))];
}

const pathOf = (parent: string, property: string): string => {
  if (/^\d+$/.test(property)) return `${parent}[${property}]`;
  return parent ? `${parent}.${property}` : property;
};

/** `callId must be …` → `must be …`: the field is named beside it, with its whole path. */
const withoutName = (message: string, property: string): string =>
  message.startsWith(`${property} `) ? message.slice(property.length + 1) : message;

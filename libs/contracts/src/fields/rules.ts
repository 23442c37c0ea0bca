import { applyDecorators } from './apply.js';
import { Transform } from 'class-transformer';
import {
  IsIn,
  IsInt,
  IsString,
  Length,
  Matches,
  Max,
  MaxLength,
  Min,
  ValidateBy,
  type ValidationOptions,
} from 'class-validator';
import { isTimeZone } from '@handover/kernel';

/** Control characters but for tab and line feed, and those that turn the direction of writing. */
const illegible = /(?![\t\n])[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu;

/**
 * Text as a person can read it on any screen: an escape sequence from a transcript must not command an agent's terminal,
 * and no caller is refused for one.
 */
const legible = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(legible);
  return typeof value === 'string'
    ? value.replace(/\r\n?/g, '\n').replace(illegible, '').toWellFormed()
    : value;
};
const Legible = Transform(({ value }) => legible(value));

/** An id given by an integrator: 1–128 of letters, digits and `. _ : -`. It may become part of a stream name or key: nothing personal. */
export const IsId = (options?: ValidationOptions): PropertyDecorator =>
  applyDecorators(
    IsString(options),
    Matches(/^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$/, {
      message: '$property must be 1–128 of letters, digits and . _ : - beginning with a letter or digit',
      ...options,
    }),
  );

/** A word of the domain's vocabulary, as `billing-dispute`: 1–64 lower-case letters, digits, hyphens. */
export const IsSlug = (options?: ValidationOptions): PropertyDecorator =>
  applyDecorators(
    IsString(options),
    Matches(/^[a-z0-9]([a-z0-9-]{0,62}[a-z0-9])?$/, {
      message: '$property must be 1–64 lower-case letters, digits and inner hyphens, as billing-dispute',
      ...options,
    }),
  );

/** Free text for people, 1 to `most` characters; what is no text is taken out (see `legible`). */
export const IsText = (most: number, options?: ValidationOptions): PropertyDecorator =>
  applyDecorators(Legible, IsString(options), Length(1, most, options));

/** Free text that may be empty. */
export const IsNote = (most: number, options?: ValidationOptions): PropertyDecorator =>
  applyDecorators(Legible, IsString(options), MaxLength(most, options));

/** E.164 number with plus sign, as `+41445551234`. */
export const IsPhoneNumber = (options?: ValidationOptions): PropertyDecorator =>
  Matches(/^\+[1-9]\d{6,14}$/, { message: '$property must be an E.164 number, as +41445551234', ...options });

const instant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})$/;

const isMoment = (value: unknown): value is string =>
  typeof value === 'string' &&
  instant.test(value) &&
  !Number.isNaN(Date.parse(value)) &&
  new Date(`${value.slice(0, 10)}T00:00:00Z`).toISOString().startsWith(value.slice(0, 10));

/** Our century's years have four digits and begin with 20: others are typing errors. */
const isInstant = (value: unknown): boolean => isMoment(value) && value.startsWith('20');

/** What is wrong with a moment: its form, or only its year. */
const notInstant = (value: unknown, form: string): string =>
  isMoment(value) ? '$property must be in the years 2000–2099' : form;

/** An ISO 8601 instant with `Z` or an offset, in the years 2000–2099. */
export const IsInstant = (options?: ValidationOptions): PropertyDecorator =>
  ValidateBy(
    {
      name: 'isInstant',
      validator: {
        validate: isInstant,
        defaultMessage: (given) =>
          notInstant(
            given?.value,
            '$property must be an ISO 8601 instant with Z or an offset, as 2026-11-23T14:15:00Z',
          ),
      },
    },
    options,
  );

/** An IANA time zone name that this runtime knows. */
export const IsZone = (options?: ValidationOptions): PropertyDecorator =>
  ValidateBy(
    {
      name: 'isZone',
      validator: {
        validate: (value) => typeof value === 'string' && value.length <= 64 && isTimeZone(value),
        defaultMessage: () => '$property must be an IANA time zone, as Europe/Zurich',
      },
    },
    options,
  );

/** A calendar day, `YYYY-MM-DD`. */
export const IsLocalDate = (options?: ValidationOptions): PropertyDecorator =>
  ValidateBy(
    {
      name: 'isLocalDate',
      validator: {
        validate: (value) =>
          typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) && isInstant(`${value}T00:00Z`),
        defaultMessage: (given) =>
          notInstant(`${String(given?.value)}T00:00Z`, '$property must be a calendar day, as 2026-11-23'),
      },
    },
    options,
  );

/** A time of day on a wall clock, `HH:MM`. */
export const IsLocalTime = (options?: ValidationOptions): PropertyDecorator =>
  Matches(/^([01]\d|2[0-3]):[0-5]\d$/, { message: '$property must be a time of day, as 09:30', ...options });

/** A BCP 47 language tag of the forms `de` and `de-CH`. */
export const IsLanguage = (options?: ValidationOptions): PropertyDecorator =>
  Matches(/^[a-z]{2,3}(-[A-Z]{2})?$/, {
    message: '$property must be a language tag, as de or de-CH',
    ...options,
  });

/** ISO 3166-1 alpha-2 country code. */
export const IsCountry = (options?: ValidationOptions): PropertyDecorator =>
  Matches(/^[A-Z]{2}$/, { message: '$property must be an ISO 3166 country code, as CH', ...options });

/** A whole number in a closed range. */
export const IsWhole = (least: number, most: number, options?: ValidationOptions): PropertyDecorator =>
  applyDecorators(IsInt(options), Min(least, options), Max(most, options));

/** One of a closed list of words. */
export const IsOneOf = (
  words: readonly (string | number)[],
  options?: ValidationOptions,
): PropertyDecorator => IsIn([...words], options);

import { IsOptional } from 'class-validator';
import { IsId, IsSlug, ShiftPlan } from '@handover/contracts';

/** One row of an import. */
export class ShiftRow extends ShiftPlan {
  @IsId() agentId!: string;
  /** If given, it must be the agent's. */
  @IsOptional() @IsSlug() pool?: string;
  /** Default: `<date>T<from>`. A row with the id of a planned shift replaces it. */
  @IsOptional() @IsId() shiftId?: string;
}

/** Columns of the file; the optional ones may be missing, or empty in a row. Their order is free. */
const columns = {
  required: ['agentId', 'date', 'from', 'to', 'timeZone'],
  optional: ['pool', 'shiftId', 'breaks'],
};

/** What is wrong with the header; undefined if nothing. */
export function headerFault(header: readonly string[]): string | undefined {
  const [only = ''] = header;
  if (header.length === 1 && /[;\t]/.test(only)) return 'must separate its columns by commas';
  const known = [...columns.required, ...columns.optional];
  const missing = columns.required.filter((name) => !header.includes(name));
  const unknown = header.filter((name) => !known.includes(name));
  if (missing.length > 0) return `lacks the column ${missing.join(', ')}`;
  if (unknown.length > 0) return `has an unknown column ${unknown.join(', ')}; known are ${known.join(', ')}`;
  return new Set(header).size < header.length ? 'names a column twice' : undefined;
}

/** A row's fields as a shift plan has them: breaks are `12:00-12:30;15:00-15:15`, and what is empty is absent. */
export function plainRow(fields: Readonly<Record<string, string>>): Record<string, unknown> {
  const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== ''));
  const { breaks, ...plain } = given;
  return breaks === undefined ? plain : { ...plain, breaks: breaks.split(';').map(plainBreak) };
}

function plainBreak(text: string): Record<string, string> {
  const [from = '', to = '', ...more] = text.trim().split(/\s*[-–]\s*/);
  return { from, to: [to, ...more].join('-') };
}

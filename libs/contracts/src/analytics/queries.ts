import { IsOptional, Matches } from 'class-validator';
import { IsInstant, IsOneOf, IsSlug } from '../fields/index.js';

/** Words that metrics can be broken down by. A metric to which one does not apply shows one key, `n/a`. */
export const breakdowns = [
  'issueType',
  'language',
  'pool',
  'urgency',
  'attempts',
  'contextPreserved',
  'appointmentKept',
  'bot',
] as const;
export type Breakdown = (typeof breakdowns)[number];

/** Query of `GET /v1/handovers/{handoverId}/history`. */
export class HistoryQuery {
  /** Tell the history as it was known at this instant; default: now. */
  @IsOptional() @IsInstant() at?: string;
}

/** Query of `GET /v1/metrics`. */
export class MetricsQuery {
  /** Default: 24 hours before `to`. */
  @IsOptional() @IsInstant() from?: string;
  /** Default: now. */
  @IsOptional() @IsInstant() to?: string;
  /** Break every figure down by this. */
  @IsOptional() @IsOneOf(breakdowns) by?: Breakdown;
  /** Hours within which a contact on the same issue is a repeat; default 24. */
  @IsOptional()
  @Matches(/^([1-9]|[1-9]\d|[1-6]\d\d|7[01]\d|720)$/, {
    message: '$property must be a whole number of hours from 1 to 720',
  })
  repeatHours?: string;
}

/** Query of `GET /v1/outcomes`. */
export class OutcomesQuery {
  /** Default: both. */
  @IsOptional() @IsOneOf(['open', 'closed']) state?: 'open' | 'closed';
  /** Default: all. */
  @IsOptional() @IsSlug() pool?: string;
  /** Most that are listed, 1 to 1000; default 100. */
  @IsOptional()
  @Matches(/^([1-9]\d{0,2}|1000)$/, { message: '$property must be a whole number from 1 to 1000' })
  limit?: string;
}

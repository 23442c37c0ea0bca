import { IsOptional, Matches } from 'class-validator';
import { IsInstant, IsOneOf, IsSlug } from '@handover/contracts';
import { breakdowns, type Breakdown } from '@handover/analytics';
import { fromIso, type Instant } from '@handover/kernel';

/** Query of `GET /v1/handovers/{id}/history`. */
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
  @IsOptional() @IsOneOf(breakdowns) by?: Breakdown;
  /** W, hours within which a contact on the same issue is a repeat; default 24. */
  @IsOptional()
  @Matches(/^([1-9]|[1-9]\d|[1-6]\d\d|7[01]\d|720)$/, {
    message: '$property must be a whole number of hours from 1 to 720',
  })
  repeatHours?: string;
}

/** Query of `GET /v1/outcomes`. */
export class OutcomesQuery {
  @IsOptional() @IsOneOf(['open', 'closed']) state?: 'open' | 'closed';
  @IsOptional() @IsSlug() pool?: string;
  @IsOptional()
  @Matches(/^([1-9]\d{0,2}|1000)$/, { message: '$property must be a whole number from 1 to 1000' })
  limit?: string;
}

/** The instant named, or another. */
export const instantOr = (text: string | undefined, otherwise: Instant): Instant =>
  text ? fromIso(text) : otherwise;

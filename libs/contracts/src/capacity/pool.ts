import { IsBoolean, IsNumber, IsOptional, Max, Min } from 'class-validator';
import {
  IsCountry,
  IsInstant,
  IsLocalTime,
  IsOneOf,
  IsSlug,
  IsText,
  IsWhole,
  IsZone,
  Many,
  One,
} from '../fields/index.js';

/** When callbacks may begin, in the called person's local time: the dial begins at or after `from` and before `to`. */
export class CallingHours {
  @IsLocalTime() from!: string;
  @IsLocalTime() to!: string;
}

export class CountryHours extends CallingHours {
  @IsCountry() country!: string;
}

/** Lengths that divide an hour: the grid is the same in every zone. */
export const slotLengths = [1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30, 60] as const;

/** Settings of a pool: `PUT /v1/pools/{pool}`. */
export class PoolSettings {
  @IsOptional() @IsText(100) name?: string;
  @IsZone() timeZone!: string;
  /** Slot length and grid; default 5. */
  @IsOptional() @IsOneOf(slotLengths) slotMinutes?: number;
  /** How far ahead times are offered; default 24. */
  @IsOptional() @IsWhole(1, 336) horizonHours?: number;
  /** Least time between now and an offered start; default 10. */
  @IsOptional() @IsWhole(0, 1440) leadMinutes?: number;
  /** How long an offer is held; default 180. */
  @IsOptional() @IsWhole(10, 3600) holdSeconds?: number;
  /** Probability with which a promised start must happen inside its window; default 0.95. */
  @IsOptional() @IsNumber() @Min(0.5) @Max(0.999) onTimeTarget?: number;
  /** Largest share of their time that agents may be busy with promised callbacks; default 0.9. */
  @IsOptional() @IsNumber() @Min(0.5) @Max(1) maxOccupancy?: number;
  /** Handle time before any was observed; default 360. */
  @IsOptional() @IsWhole(30, 14_400) handleSeconds?: number;
  /** Default 08:00–21:00. */
  @IsOptional() @One(() => CallingHours) callingHours?: CallingHours;
  /** Calling hours by country, where they differ. */
  @IsOptional() @Many(() => CountryHours, 250) countryHours?: CountryHours[];
  /** Share of open capacity that unconfirmed holds may take; default 0.5. */
  @IsOptional() @IsNumber() @Min(0.05) @Max(1) holdShare?: number;
  /** Share of inbound calls that are answered without waiting: what the reserve for inbound is sized for; default 0.8. */
  @IsOptional() @IsNumber() @Min(0) @Max(0.999) inboundAnsweredAtOnce?: number;
  /** False, always: a callback without a time is not offered, because nothing would carry it out. */
  @IsOptional() @IsBoolean() callbackWithoutTime?: boolean;
}

/** Stream `pool-<pool>`, owner capacity. */
export class PoolConfigured extends PoolSettings {
  @IsSlug() pool!: string;
  @IsInstant() occurredAt!: string;
}

import {
  ArrayMaxSize,
  IsArray,
  IsBoolean,
  IsInt,
  IsNumber,
  IsOptional,
  IsString,
  Max,
  Min,
} from 'class-validator';
import { IsId, IsInstant, IsSlug, IsWhole, Many, One } from '../fields/index.js';
import { PoolSettings } from './pool.js';

/** Inbound calls seen in an interval: `POST /v1/pools/{pool}/inbound-load`. */
export class InboundLoadReport {
  @IsInstant() from!: string;
  @IsInstant() to!: string;
  @IsWhole(0, 1_000_000) calls!: number;
  @IsOptional() @IsNumber() @Min(1) @Max(86_400) handleSeconds?: number;
  @IsOptional() @IsNumber() @Min(1) @Max(86_400) patienceSeconds?: number;
  @IsOptional() @IsArray() @ArrayMaxSize(20) @IsSlug({ each: true }) skills?: string[];
  /** True for a scheduled (forecast) load, false for an observed one; default false. */
  @IsOptional() @IsBoolean() scheduled?: boolean;
}

/** Command `inbound-load.observe` on `handover.capacity.commands.v1`. */
export class ObserveInboundLoad extends InboundLoadReport {
  @IsSlug() pool!: string;
}

export class InboundLoadObserved extends ObserveInboundLoad {
  @IsInstant() occurredAt!: string;
}

/** A completed callback's handle time: talk and wrap-up. */
export class HandleTimeObserved {
  @IsSlug() pool!: string;
  @IsSlug() issueType!: string;
  @IsId() callbackId!: string;
  @IsNumber() @Min(0) @Max(86_400) seconds!: number;
  @IsInstant() occurredAt!: string;
}

/** What was learned about an issue type's handle time. */
export class HandleTime {
  @IsSlug() issueType!: string;
  @IsNumber() meanSeconds!: number;
  /** Coefficient of variation: standard deviation / mean. */
  @IsNumber() variation!: number;
  @IsInt() observations!: number;
  /** What a callback is planned to take of one agent: the mean, or more where few agents could not keep promises so dense. */
  @IsWhole(1, 86_400) plannedSeconds!: number;
}

/**
 * Callbacks that may be in progress, cell by cell, of one skill group: agents with the same skills whose present
 * stretch of work ends at the same moment (`until`). A callback counted here is planned to end before `until`, so agents of
 * a group are interchangeable for it. A cell may allow more than there are agents: each start then still happens in its
 * window with the pool's `onTimeTarget`, since those who end early take the next.
 */
export class CapacityRow {
  /** `<skills joined by +>@<until>`, unique in the pool. */
  @IsString() group!: string;
  @IsArray() @IsSlug({ each: true }) skills!: string[];
  @IsInstant() until!: string;
  /** Start of the first cell. */
  @IsInstant() from!: string;
  /** One whole number per grid cell from `from` on; beyond the last: 0. */
  @IsArray() @ArrayMaxSize(20_160) @IsInt({ each: true }) cells!: number[];
}

/** Agents with the same skills from whom no capacity follows. */
export class Staff {
  @IsArray() @IsSlug({ each: true }) skills!: string[];
  /** At least one of them works at some time within the horizon. */
  @IsBoolean() onDuty!: boolean;
}

/**
 * Stream `pool-<pool>`: the pool's capacity changed. `full` replaces every row; otherwise the rows named replace their
 * earlier selves, and a row whose cells are all 0 is gone. Also the command `slots.apply-capacity` to the pool's slot book.
 */
export class CapacityProjected {
  @IsSlug() pool!: string;
  /** Counts up by one with each projection of the pool. */
  @IsWhole(1, Number.MAX_SAFE_INTEGER) version!: number;
  @IsBoolean() full!: boolean;
  /**
   * The settings it was computed with, none left open; cells are `slotMinutes` long, and `handleSeconds` is what is planned
   * for an issue type that is not among the handle times.
   */
  @One(() => PoolSettings) settings!: PoolSettings;
  @Many(() => CapacityRow, 10_000) rows!: CapacityRow[];
  /** Learned handle times; an issue type not listed takes the settings' `handleSeconds`. */
  @Many(() => HandleTime, 1_000) handleTimes!: HandleTime[];
  /** Skill sets that agents of the pool have and that no row is about: nothing can be promised for them. */
  @IsOptional() @Many(() => Staff, 10_000) unpromised?: Staff[];
  @IsInstant() occurredAt!: string;
}

/** Record of `handover.capacity.state.v1`, keyed `<pool>/<group>`; a group that is gone is a tombstone. */
export class CapacityRecord extends CapacityRow {
  @IsSlug() pool!: string;
  @IsWhole(1, Number.MAX_SAFE_INTEGER) version!: number;
  @IsWhole(1, 60) slotMinutes!: number;
}

import { ArrayMaxSize, IsArray, IsInt, IsOptional, IsString } from 'class-validator';
import {
  IsId,
  IsInstant,
  IsOneOf,
  IsSlug,
  IsText,
  IsWhole,
  IsZone,
  Many,
  cancelReasons,
  urgencies,
  type CancelReason,
  type Urgency,
} from '../fields/index.js';
import { appointmentStates } from '../handover/answers.js';

// What reservation answers over HTTP. Nothing in it is personal.

/** `GET /v1/appointments/{appointmentId}`. What became of the call itself is the callback's to tell (same id). */
export class AppointmentStatus {
  @IsId() appointmentId!: string;
  @IsId() handoverId!: string;
  @IsSlug() pool!: string;
  @IsOneOf(appointmentStates) state!: (typeof appointmentStates)[number];
  @IsInstant() start!: string;
  /** The dial begins before it. */
  @IsInstant() end!: string;
  /** The caller's zone. */
  @IsZone() timeZone!: string;
  /** The time as it was last said to the caller. */
  @IsText(200) words!: string;
  @IsSlug() issueType!: string;
  @IsOneOf(urgencies) urgency!: Urgency;
  @IsArray() @IsSlug({ each: true }) skills!: string[];
  @IsWhole(1, 86_400) handleSeconds!: number;
  /** The proof: capacity version and skill group it was last checked against. */
  @IsWhole(0, Number.MAX_SAFE_INTEGER) capacityVersion!: number;
  @IsString() group!: string;
  @IsInstant() confirmedAt!: string;
  /** The start that was first agreed, if it was moved. */
  @IsOptional() @IsInstant() movedFrom?: string;
  @IsOptional() @IsOneOf(cancelReasons) cancelReason?: CancelReason;
  @IsOptional() @IsId() supersededBy?: string;
}

/** `GET /v1/pools/{pool}/appointments`, ordered by start. */
export class AppointmentPage {
  @Many(() => AppointmentStatus, 1_000) appointments!: AppointmentStatus[];
  /** Pass it as `after` to get the next page; absent on the last. */
  @IsOptional() @IsString() next?: string;
}

/** Free places for callbacks that need these skills, one number per cell. */
export class FreePlaces {
  @IsArray() @IsSlug({ each: true }) skills!: string[];
  @IsArray() @ArrayMaxSize(20_160) @IsInt({ each: true }) cells!: number[];
}

/** `GET /v1/pools/{pool}/book`: what is promised and what is free, cell by cell from `from` on. */
export class BookOverview {
  @IsSlug() pool!: string;
  @IsZone() timeZone!: string;
  @IsWhole(1, Number.MAX_SAFE_INTEGER) capacityVersion!: number;
  @IsWhole(1, 60) slotMinutes!: number;
  @IsInstant() from!: string;
  /** Unconfirmed holds that lie on the cell. */
  @IsArray() @ArrayMaxSize(20_160) @IsInt({ each: true }) held!: number[];
  /** Appointments that lie on the cell, those at risk not counted. */
  @IsArray() @ArrayMaxSize(20_160) @IsInt({ each: true }) promised!: number[];
  /** Appointments at risk that would lie on the cell. */
  @IsArray() @ArrayMaxSize(20_160) @IsInt({ each: true }) atRisk!: number[];
  /** By set of skills, for the sets that the pool's groups have. */
  @Many(() => FreePlaces, 10_000) free!: FreePlaces[];
}

import { IsBoolean, IsInt, IsOptional, IsString } from 'class-validator';
import {
  IsId,
  IsInstant,
  IsLocalTime,
  IsOneOf,
  IsSlug,
  IsWhole,
  Many,
  One,
  agentStates,
  type AgentState,
} from '../fields/index.js';
import { AgentProfile, ShiftPlan } from './agent.js';
import { PoolSettings } from './pool.js';
import { CapacityRow, HandleTime } from './projection.js';

// What capacity answers over HTTP.

/** A pool with its settings; what was left open shows its default. */
export class PoolView {
  @IsSlug() pool!: string;
  @One(() => PoolSettings) settings!: PoolSettings;
  @IsWhole(0, Number.MAX_SAFE_INTEGER) agents!: number;
  /** Version of the published capacity; 0 until there is one. */
  @IsWhole(0, Number.MAX_SAFE_INTEGER) capacityVersion!: number;
}

export class PoolList {
  @Many(() => PoolView, 10_000) pools!: PoolView[];
}

/** A span in which the same number of callbacks may be in progress, over all groups of the pool. */
export class OpeningView {
  @IsInstant() from!: string;
  @IsInstant() to!: string;
  /** Begin of the span on the pool's wall clock. */
  @IsLocalTime() localFrom!: string;
  @IsWhole(0, Number.MAX_SAFE_INTEGER) callbacks!: number;
}

/** `GET /v1/pools/{pool}/capacity`. */
export class CapacityView {
  @IsSlug() pool!: string;
  @IsWhole(0, Number.MAX_SAFE_INTEGER) version!: number;
  @IsWhole(1, 60) slotMinutes!: number;
  /** The rows summed up, from now on; spans without capacity are left out. */
  @Many(() => OpeningView, 20_160) openings!: OpeningView[];
  @Many(() => CapacityRow, 10_000) rows!: CapacityRow[];
  @Many(() => HandleTime, 1_000) handleTimes!: HandleTime[];
  /** What is planned for an issue type that is not among them. */
  @IsWhole(1, 86_400) plannedSeconds!: number;
}

export class ShiftView extends ShiftPlan {
  @IsId() shiftId!: string;
}

/** `GET /v1/agents/{agentId}`. */
export class AgentView extends AgentProfile {
  @IsId() agentId!: string;
  @IsOneOf(agentStates) state!: AgentState;
  /** Absent: nobody has reported a state yet. */
  @IsOptional() @IsInstant() since?: string;
  @IsOptional() @IsInstant() until?: string;
  /** Planned shifts, the earliest first; those of days gone by are forgotten. */
  @Many(() => ShiftView, 1_000) shifts!: ShiftView[];
}

/** What became of an inbound-load report. */
export class InboundLoadAnswer {
  @IsSlug() pool!: string;
  /** False: the same had been reported before. */
  @IsBoolean() changed!: boolean;
}

/** A rule that a row of an import breaks. */
export class RowFault {
  /** Line in the file; the header is line 1. */
  @IsInt() line!: number;
  /** The column; empty if it is the whole row. */
  @IsString() field!: string;
  @IsString() rule!: string;
}

/** What a refused import holds besides the problem's own members. */
export class ShiftImportRefusal {
  /** Every rule broken, the first hundred, by line. */
  @IsOptional() @Many(() => RowFault, 100) errors?: RowFault[];
}

/** `POST /v1/shifts/import`: what became of the rows, all of which were taken. */
export class ShiftImportAnswer {
  @IsInt() rows!: number;
  @IsInt() planned!: number;
  @IsInt() changed!: number;
  @IsInt() unchanged!: number;
}

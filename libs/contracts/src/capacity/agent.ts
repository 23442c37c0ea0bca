import { ArrayMaxSize, IsArray, IsOptional } from 'class-validator';
import {
  IsId,
  IsInstant,
  IsLocalTime,
  IsOneOf,
  IsSlug,
  IsText,
  IsZone,
  IsLocalDate,
  Many,
  agentStates,
  type AgentState,
} from '../fields/index.js';

/** `PUT /v1/agents/{agentId}`. */
export class AgentProfile {
  @IsSlug() pool!: string;
  @IsArray() @ArrayMaxSize(50) @IsSlug({ each: true }) skills!: string[];
  /** What colleagues call the agent; the agent's own id is used everywhere else. */
  @IsOptional() @IsText(100) displayName?: string;
}

/** Stream `agent-<agentId>`, owner capacity. */
export class AgentRegistered extends AgentProfile {
  @IsId() agentId!: string;
  /** The live state known so far, so that the event alone makes an `AgentRecord`. */
  @IsOptional() @IsOneOf(agentStates) state?: AgentState;
  @IsOptional() @IsInstant() since?: string;
  @IsOptional() @IsInstant() until?: string;
  @IsInstant() occurredAt!: string;
}

export class Break {
  @IsLocalTime() from!: string;
  @IsLocalTime() to!: string;
}

/** `PUT /v1/agents/{agentId}/shifts/{shiftId}`; a CSV import has one row a shift. `to` at or before `from` ends on the next day. */
export class ShiftPlan {
  @IsLocalDate() date!: string;
  @IsLocalTime() from!: string;
  @IsLocalTime() to!: string;
  @IsZone() timeZone!: string;
  @IsOptional() @Many(() => Break, 10) breaks?: Break[];
}

export class ShiftPlanned extends ShiftPlan {
  @IsId() agentId!: string;
  @IsId() shiftId!: string;
  @IsSlug() pool!: string;
  @IsInstant() occurredAt!: string;
}

/** The same shift with other times; replaces the earlier plan. */
export class ShiftChanged extends ShiftPlanned {}

export class ShiftRemoved {
  @IsId() agentId!: string;
  @IsId() shiftId!: string;
  @IsSlug() pool!: string;
  @IsInstant() occurredAt!: string;
}

/** `PUT /v1/agents/{agentId}/state`. */
export class AgentStateReport {
  @IsOneOf(agentStates) state!: AgentState;
  /** When it began; default: now. An older one than the last known is ignored. */
  @IsOptional() @IsInstant() since?: string;
  /** When the agent expects to be available again (busy, wrap-up, away). */
  @IsOptional() @IsInstant() until?: string;
}

/** Command `agent.set-state` on `handover.capacity.commands.v1`. */
export class SetAgentState extends AgentStateReport {
  @IsId() agentId!: string;
}

export class AgentStateChanged {
  @IsId() agentId!: string;
  @IsSlug() pool!: string;
  @IsOneOf(agentStates) state!: AgentState;
  @IsInstant() since!: string;
  @IsOptional() @IsInstant() until?: string;
  /** The agent's profile, so that the event alone makes an `AgentRecord`. */
  @IsOptional() @IsArray() @ArrayMaxSize(50) @IsSlug({ each: true }) skills?: string[];
  @IsOptional() @IsText(100) displayName?: string;
  @IsInstant() occurredAt!: string;
}

/** Record of `handover.agents.state.v1`, keyed by agent. */
export class AgentRecord extends AgentProfile {
  @IsId() agentId!: string;
  @IsOneOf(agentStates) state!: AgentState;
  @IsInstant() since!: string;
  @IsOptional() @IsInstant() until?: string;
}

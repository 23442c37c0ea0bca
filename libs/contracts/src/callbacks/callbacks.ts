import { ArrayMaxSize, IsArray, IsBoolean, IsOptional } from 'class-validator';
import {
  IsCountry,
  IsId,
  IsInstant,
  IsLanguage,
  IsNote,
  IsOneOf,
  IsSlug,
  IsText,
  IsWhole,
  IsZone,
  Many,
  One,
  attemptOutcomes,
  cancelReasons,
  dispositions,
  opportunityOutcomes,
  type AttemptOutcome,
  type CancelReason,
  type Disposition,
  type OpportunityOutcome,
} from '../fields/index.js';

// Commands on `handover.callbacks.commands.v1`, keyed by pool: the pool's one dialing owner sees them in order.

/** `callbacks.schedule`: call this person in this window. The callback's id is the appointment's. */
export class ScheduleCallback {
  @IsId() callbackId!: string;
  @IsId() handoverId!: string;
  @IsSlug() pool!: string;
  @IsArray() @ArrayMaxSize(20) @IsSlug({ each: true }) skills!: string[];
  @IsId() subjectId!: string;
  @IsSlug() issueType!: string;
  @IsLanguage() language!: string;
  @IsZone() timeZone!: string;
  @IsOptional() @IsCountry() country?: string;
  @IsInstant() start!: string;
  @IsInstant() end!: string;
  @IsWhole(1, 86_400) handleSeconds!: number;
  @IsInstant() occurredAt!: string;
}

/** `callbacks.reschedule`: the appointment was moved. */
export class RescheduleCallback {
  @IsId() callbackId!: string;
  @IsId() handoverId!: string;
  @IsSlug() pool!: string;
  @IsInstant() start!: string;
  @IsInstant() end!: string;
  @IsInstant() occurredAt!: string;
}

/** `callbacks.cancel`: the appointment was cancelled. */
export class CancelCallback {
  @IsId() callbackId!: string;
  @IsId() handoverId!: string;
  @IsSlug() pool!: string;
  @IsOneOf(cancelReasons) reason!: CancelReason;
  @IsInstant() occurredAt!: string;
}

// Events in `callback-<callbackId>`, published on `handover.callbacks.events.v1` by handover.

export class CallbackScheduled extends ScheduleCallback {}

export class CallbackRescheduled extends RescheduleCallback {}

/** What every later event of a callback says of itself. */
export class OfCallback {
  @IsId() callbackId!: string;
  @IsId() handoverId!: string;
  @IsSlug() pool!: string;
  @IsInstant() occurredAt!: string;
}

export class AgentAssigned extends OfCallback {
  @IsId() agentId!: string;
  /** Counts the assignments of this callback, from 1. */
  @IsWhole(1, 1_000_000) assignment!: number;
}

/**
 * `between-attempts`: the next dial is too far off to keep an agent waiting for it. `more-pressing`: another callback's window
 * runs out before the next dial is due, and that one gets the agent.
 */
export const agentReleases = [
  'unacknowledged',
  'unavailable',
  'between-attempts',
  'more-pressing',
  'rescheduled',
  'cancelled',
] as const;
export type AgentRelease = (typeof agentReleases)[number];

/** The agent no longer has this callback: if it still has to be dialled, another is looked for. */
export class AgentReleased extends OfCallback {
  @IsId() agentId!: string;
  @IsOneOf(agentReleases) reason!: AgentRelease;
}

export class BriefingPresented extends OfCallback {
  @IsId() agentId!: string;
}

export class BriefingAcknowledged extends OfCallback {
  @IsId() agentId!: string;
}

/** Appended before the dial: one attempt is dialled once. */
export class AttemptStarted extends OfCallback {
  /** Used as the call id at the telephony system. */
  @IsId() attemptId!: string;
  @IsWhole(1, 100) attempt!: number;
  @IsId() agentId!: string;
  /** True if it began inside the appointment's window. */
  @IsBoolean() inWindow!: boolean;
}

export class AttemptEnded extends OfCallback {
  @IsId() attemptId!: string;
  @IsWhole(1, 100) attempt!: number;
  @IsOneOf(attemptOutcomes) outcome!: AttemptOutcome;
  /** The telephony system's cause, as `sip:486`. */
  @IsOptional() @IsText(64) cause?: string;
}

/** A live person answered and was connected with the briefed agent. */
export class CallerConnected extends OfCallback {
  @IsId() attemptId!: string;
  @IsId() agentId!: string;
  /** True if the briefing was acknowledged before the connect. */
  @IsBoolean() briefed!: boolean;
}

export class OpportunityResult {
  @IsId() opportunityId!: string;
  @IsOneOf(opportunityOutcomes) outcome!: OpportunityOutcome;
}

export class DispositionPersonal {
  @IsNote(2000) notes!: string;
}

/** Body of `POST /v1/callbacks/{id}/disposition`: the agent closes the callback. */
export class DispositionReport {
  @IsId() agentId!: string;
  @IsOneOf(['resolved', 'follow-up', 'wrong-number', 'declined']) disposition!:
    'resolved' | 'follow-up' | 'wrong-number' | 'declined';
  /** Did the agent have to ask again for something the briefing held? */
  @IsBoolean() reAsked!: boolean;
  @IsOptional() @Many(() => OpportunityResult, 10) opportunities?: OpportunityResult[];
  @IsOptional() @One(() => DispositionPersonal) personal?: DispositionPersonal;
}

/** Body of `POST /v1/callbacks/{id}/acknowledgement`. */
export class Acknowledgement {
  @IsId() agentId!: string;
}

/** The typed end of a callback. */
export class CallbackCompleted extends OfCallback {
  @IsOneOf(dispositions) disposition!: Disposition;
  /** Who said so: the agent, the telephony outcome, or nobody in time. */
  @IsOneOf(['agent', 'telephony', 'timeout']) by!: 'agent' | 'telephony' | 'timeout';
  @IsOptional() @IsId() agentId?: string;
  @IsWhole(0, 100) attempts!: number;
  @IsOptional() @IsBoolean() reAsked?: boolean;
  /** From the connect to the disposition, or to the hang-up if none was reported; absent if no person was reached. */
  @IsOptional() @IsWhole(0, 86_400) handleSeconds?: number;
  /**
   * For how long agents were bound by it, all together: each from the assignment, but not from before the start of the
   * window, until released or the end. So a briefing that was not read in time, reading when the call is due, ringing,
   * and attempts that nobody answered are in it. Absent if no agent ever had it.
   */
  @IsOptional() @IsWhole(0, 86_400) agentSeconds?: number;
  @IsOptional() @Many(() => OpportunityResult, 10) opportunities?: OpportunityResult[];
  @IsOptional() @One(() => DispositionPersonal) personal?: DispositionPersonal;
  @IsSlug() issueType!: string;
}

export const missReasons = [
  'no-agent',
  'no-briefed-agent',
  'outside-calling-hours',
  'dialing-was-down',
] as const;
export type MissReason = (typeof missReasons)[number];

/** The window closed and no dial had begun. The callback stays open and is dialled late if that is still allowed. */
export class CallbackMissed extends OfCallback {
  @IsInstant() start!: string;
  @IsOneOf(missReasons) reason!: MissReason;
}

export class CallbackCancelled extends OfCallback {
  @IsOneOf(cancelReasons) reason!: CancelReason;
}

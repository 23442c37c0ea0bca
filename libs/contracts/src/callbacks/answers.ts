import { ArrayMaxSize, IsArray, IsBoolean, IsInt, IsOptional, IsString } from 'class-validator';
import {
  IsId,
  IsInstant,
  IsLanguage,
  IsLocalTime,
  IsOneOf,
  IsSlug,
  IsText,
  IsWhole,
  IsZone,
  Many,
  One,
  attemptOutcomes,
  dispositions,
  moods,
  urgencies,
  type AttemptOutcome,
  type Disposition,
  type Mood,
  type Urgency,
} from '../fields/index.js';
import { AccountReference, Issue, ResolutionAttempt } from '../handover/context.js';
import { Gap } from '../handover/events.js';

// What dialing answers over HTTP.

export const callbackPhases = [
  /** No agent has it yet. */
  'scheduled',
  /** An agent has the briefing and has not acknowledged it. */
  'briefing',
  /** A briefed agent waits for the dial. */
  'ready',
  'ringing',
  'connected',
  /** The call is over, the agent's disposition is awaited. */
  'wrap-up',
  'completed',
  'cancelled',
] as const;
export type CallbackPhase = (typeof callbackPhases)[number];

/** `GET /v1/callbacks/{callbackId}`. Nothing in it is personal. */
export class CallbackStatus {
  @IsId() callbackId!: string;
  @IsId() handoverId!: string;
  @IsSlug() pool!: string;
  @IsSlug() issueType!: string;
  @IsOneOf(callbackPhases) phase!: CallbackPhase;
  @IsInstant() start!: string;
  /** The dial begins before it. */
  @IsInstant() end!: string;
  @IsZone() timeZone!: string;
  @IsOptional() @IsId() agentId?: string;
  @IsBoolean() acknowledged!: boolean;
  /** A person was reached. */
  @IsBoolean() connected!: boolean;
  @IsWhole(0, 100) attempts!: number;
  @IsOptional() @IsOneOf(attemptOutcomes) lastOutcome?: AttemptOutcome;
  /** The window closed before a dial began. */
  @IsBoolean() missed!: boolean;
  @IsOptional() @IsOneOf(dispositions) disposition?: Disposition;
  /** Since it was scheduled, while it is open. */
  @IsOptional() @IsWhole(0, Number.MAX_SAFE_INTEGER) ageSeconds?: number;
}

/** `GET /v1/callbacks?state=open`: by start, the earliest first. */
export class OpenCallbacks {
  @Many(() => CallbackStatus, 1_000) callbacks!: CallbackStatus[];
  /** All that are open, shown or not. */
  @IsInt() total!: number;
}

export class BriefedCaller {
  @IsId() subjectId!: string;
  @IsOptional() @IsText(100) name?: string;
  @IsOptional() @IsSlug() accountTier?: string;
  @IsLanguage() language!: string;
  /** What the caller's clock shows now. */
  @IsLocalTime() localTime!: string;
  @Many(() => AccountReference, 10) accountReferences!: AccountReference[];
}

export class BriefedIssue extends Issue {
  @IsOptional() @IsText(500) summary?: string;
}

export class BriefedOpportunity {
  @IsId() opportunityId!: string;
  @IsText(100) product!: string;
  /** What the caller said that points to it. */
  @IsOptional() @IsText(300) said?: string;
  /** Until it expires, rounded down. */
  @IsWhole(0, Number.MAX_SAFE_INTEGER) minutesLeft!: number;
}

/** What an agent reads in 15 seconds before the call connects. Personal, but without the telephone number: the system dials. */
export class Briefing {
  @IsId() callbackId!: string;
  @IsId() handoverId!: string;
  @IsInstant() start!: string;
  @IsInstant() end!: string;
  @One(() => BriefedCaller) who!: BriefedCaller;
  @One(() => BriefedIssue) issue!: BriefedIssue;
  @Many(() => ResolutionAttempt, 20) tried!: ResolutionAttempt[];
  @IsOptional() @IsOneOf(moods) mood?: Mood;
  @IsOneOf(urgencies) urgency!: Urgency;
  /** What the caller has said already: not to be asked again. */
  @IsArray() @ArrayMaxSize(20) @IsText(300, { each: true }) alreadyDiscussed!: string[];
  /** Those that have not expired, the soonest to expire first. */
  @Many(() => BriefedOpportunity, 10) opportunities!: BriefedOpportunity[];
  @Many(() => Gap, 20) gaps!: Gap[];
  /** Dials so far; none of them reached the caller. */
  @IsWhole(0, 100) attemptsBefore!: number;
  /** The window passed without a dial: the caller has been waiting. */
  @IsBoolean() late!: boolean;
  /** All of it as the page that the agent reads, in the language of the conversation. */
  @IsString() page!: string;
}

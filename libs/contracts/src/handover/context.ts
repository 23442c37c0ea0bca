import { ArrayMaxSize, IsArray, IsNumber, IsOptional, Max, Min } from 'class-validator';
import {
  IsCountry,
  IsId,
  IsInstant,
  IsLanguage,
  IsOneOf,
  IsPhoneNumber,
  IsSlug,
  IsText,
  IsZone,
  Many,
  One,
  dayParts,
  moods,
  urgencies,
  type DayPart,
  type Mood,
  type Urgency,
} from '../fields/index.js';

export class Issue {
  /** The kind of issue: routing, handle time and repeat contacts go by it. */
  @IsSlug() type!: string;
  /** The bot's own classification beneath the type, if it has one. */
  @IsOptional() @IsSlug() subtype?: string;
}

export class Sentiment {
  @IsOneOf(moods) mood!: Mood;
  /** −1 (worst) to 1 (best). */
  @IsOptional() @IsNumber() @Min(-1) @Max(1) score?: number;
  @IsOptional() @IsInstant() observedAt?: string;
}

export const resolutionOutcomes = ['failed', 'partial', 'refused-by-caller', 'not-possible'] as const;

/** Something the bot tried. */
export class ResolutionAttempt {
  /** What was tried, in the bot's words, as "Re-sent the activation link". Nothing personal. */
  @IsText(200) action!: string;
  @IsOneOf(resolutionOutcomes) outcome!: (typeof resolutionOutcomes)[number];
  @IsOptional() @IsInstant() at?: string;
}

/** An upsell or upgrade signal: time- and mood-sensitive. Its evidence, if the caller said it, is in `personal`. */
export class Opportunity {
  @IsId() opportunityId!: string;
  @IsText(100) product!: string;
  @IsInstant() expiresAt!: string;
}

/** When the caller wants to be called. */
export class Wishes {
  @IsOptional() @IsInstant() notBefore?: string;
  @IsOptional() @IsInstant() notAfter?: string;
  @IsOptional() @IsOneOf(dayParts) dayPart?: DayPart;
}

export class AccountReference {
  /** What kind of reference, as `contract`, `order`, `card-ending`. */
  @IsSlug() kind!: string;
  @IsText(64) value!: string;
}

export class TranscriptTurn {
  @IsOneOf(['caller', 'bot']) speaker!: 'caller' | 'bot';
  @IsText(2000) text!: string;
  @IsOptional() @IsInstant() at?: string;
}

export class OpportunityEvidence {
  @IsId() opportunityId!: string;
  @IsText(300) said!: string;
}

/** All that identifies the caller or that the caller said. It is stored here and nowhere else, and never published. */
export class Personal {
  @IsPhoneNumber() phoneNumber!: string;
  @IsOptional() @IsText(100) name?: string;
  @IsOptional() @Many(() => AccountReference, 10) accountReferences?: AccountReference[];
  /** The issue in one or two sentences. */
  @IsOptional() @IsText(500) summary?: string;
  /** What was already discussed and captured, a line each: the agent does not ask it again. */
  @IsOptional() @IsArray() @ArrayMaxSize(20) @IsText(300, { each: true }) discussed?: string[];
  @IsOptional() @Many(() => OpportunityEvidence, 10) evidence?: OpportunityEvidence[];
  @IsOptional() @Many(() => TranscriptTurn, 200) transcript?: TranscriptTurn[];
}

/** What the bot knows when it gives up. `POST /v1/handovers`, command `handover.request`. */
export class HandoverRequest {
  @IsId() conversationId!: string;
  /** The caller, as a pseudonym that is stable over contacts. */
  @IsId() subjectId!: string;
  @IsLanguage() language!: string;
  /** The caller's own time zone: times are spoken in it, and calling hours are judged in it. */
  @IsZone() timeZone!: string;
  @IsOptional() @IsCountry() country?: string;
  @IsOptional() @IsSlug() accountTier?: string;
  @One(() => Issue) issue!: Issue;
  @IsOptional() @IsOneOf(urgencies) urgency?: Urgency;
  @IsOptional() @One(() => Sentiment) sentiment?: Sentiment;
  @IsOptional() @Many(() => ResolutionAttempt, 20) attempted?: ResolutionAttempt[];
  @IsOptional() @Many(() => Opportunity, 10) opportunities?: Opportunity[];
  @IsOptional() @One(() => Wishes) wishes?: Wishes;
  /** Overrides routing. */
  @IsOptional() @IsSlug() pool?: string;
  /** Skills needed besides those that routing finds. */
  @IsOptional() @IsArray() @ArrayMaxSize(10) @IsSlug({ each: true }) skills?: string[];
  @One(() => Personal) personal!: Personal;
}

export class PersonalAmendment {
  @IsOptional() @IsText(100) name?: string;
  @IsOptional() @Many(() => AccountReference, 10) accountReferences?: AccountReference[];
  @IsOptional() @IsText(500) summary?: string;
  @IsOptional() @IsArray() @ArrayMaxSize(20) @IsText(300, { each: true }) discussed?: string[];
  @IsOptional() @Many(() => OpportunityEvidence, 10) evidence?: OpportunityEvidence[];
  @IsOptional() @Many(() => TranscriptTurn, 200) transcript?: TranscriptTurn[];
}

/** A late transcript or analysis: `PATCH /v1/handovers/{id}/context`. Each field given replaces the earlier one, lists in full; null takes it back. */
export class ContextAmendment {
  @IsOptional() @IsOneOf(urgencies) urgency?: Urgency;
  @IsOptional() @One(() => Sentiment) sentiment?: Sentiment;
  @IsOptional() @Many(() => ResolutionAttempt, 20) attempted?: ResolutionAttempt[];
  @IsOptional() @Many(() => Opportunity, 10) opportunities?: Opportunity[];
  @IsOptional() @One(() => PersonalAmendment) personal?: PersonalAmendment;
}

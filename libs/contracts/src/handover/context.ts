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
  /** How the caller feels. */
  @IsOneOf(moods) mood!: Mood;
  /** −1 (worst) to 1 (best). */
  @IsOptional() @IsNumber() @Min(-1) @Max(1) score?: number;
  /** When that was noticed. */
  @IsOptional() @IsInstant() observedAt?: string;
}

export const resolutionOutcomes = ['failed', 'partial', 'refused-by-caller', 'not-possible'] as const;

/** Something the bot tried. */
export class ResolutionAttempt {
  /** What was tried, in the bot's words, as "Re-sent the activation link". Nothing personal. */
  @IsText(200) action!: string;
  /** Why it did not help. */
  @IsOneOf(resolutionOutcomes) outcome!: (typeof resolutionOutcomes)[number];
  /** When it was tried. */
  @IsOptional() @IsInstant() at?: string;
}

/** An upsell or upgrade signal: time- and mood-sensitive. Its evidence, if the caller said it, is in `personal`. */
export class Opportunity {
  /** Its outcome is reported by this id. */
  @IsId() opportunityId!: string;
  /** What might be offered. */
  @IsText(100) product!: string;
  /** After that it is not raised any more. */
  @IsInstant() expiresAt!: string;
}

/** When the caller wants to be called. */
export class Wishes {
  /** No call before. */
  @IsOptional() @IsInstant() notBefore?: string;
  /** No call after. */
  @IsOptional() @IsInstant() notAfter?: string;
  /** Morning (to 12), afternoon (to 17) or evening, by the caller's clock. */
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
  /** Where the caller is called, E.164. */
  @IsPhoneNumber() phoneNumber!: string;
  /** How the caller is addressed. */
  @IsOptional() @IsText(100) name?: string;
  /** Contracts, orders and the like, so that the agent need not ask. */
  @IsOptional() @Many(() => AccountReference, 10) accountReferences?: AccountReference[];
  /** The issue in one or two sentences. */
  @IsOptional() @IsText(500) summary?: string;
  /** What was already discussed and captured, a line each: the agent does not ask it again. */
  @IsOptional() @IsArray() @ArrayMaxSize(20) @IsText(300, { each: true }) discussed?: string[];
  /** What the caller said that points to an opportunity. */
  @IsOptional() @Many(() => OpportunityEvidence, 10) evidence?: OpportunityEvidence[];
  /** The conversation, turn by turn. */
  @IsOptional() @Many(() => TranscriptTurn, 200) transcript?: TranscriptTurn[];
}

/** What the bot knows when it gives up. `POST /v1/handovers`, command `handover.request`. */
export class HandoverRequest {
  /** The bot's conversation. */
  @IsId() conversationId!: string;
  /** The caller, as a pseudonym that is stable over contacts. */
  @IsId() subjectId!: string;
  /** The caller's language, as `de` or `de-CH`: routing needs it, and `say` is in it. */
  @IsLanguage() language!: string;
  /** The caller's own time zone: times are spoken in it, and calling hours are judged in it. */
  @IsZone() timeZone!: string;
  /** Where the caller is, if calling hours differ by country. */
  @IsOptional() @IsCountry() country?: string;
  /** As `gold`: routing may go by it. */
  @IsOptional() @IsSlug() accountTier?: string;
  /** What it is about. */
  @One(() => Issue) issue!: Issue;
  /** Default `normal`; more urgent callers get times closer together. */
  @IsOptional() @IsOneOf(urgencies) urgency?: Urgency;
  /** How the caller feels. */
  @IsOptional() @One(() => Sentiment) sentiment?: Sentiment;
  /** What the bot tried. */
  @IsOptional() @Many(() => ResolutionAttempt, 20) attempted?: ResolutionAttempt[];
  /** What might be offered to the caller. */
  @IsOptional() @Many(() => Opportunity, 10) opportunities?: Opportunity[];
  /** When the caller wants to be called. */
  @IsOptional() @One(() => Wishes) wishes?: Wishes;
  /** Overrides routing. */
  @IsOptional() @IsSlug() pool?: string;
  /** Skills needed besides those that routing finds. */
  @IsOptional() @IsArray() @ArrayMaxSize(10) @IsSlug({ each: true }) skills?: string[];
  /** All that identifies the caller or that the caller said. */
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
  // Everywhere else a field that is null counts as absent and is removed before it is read.
  static readonly nullTakesBack = true;
  @IsOptional() @IsOneOf(urgencies) urgency?: Urgency;
  @IsOptional() @One(() => Sentiment) sentiment?: Sentiment;
  @IsOptional() @Many(() => ResolutionAttempt, 20) attempted?: ResolutionAttempt[];
  @IsOptional() @Many(() => Opportunity, 10) opportunities?: Opportunity[];
  @IsOptional() @One(() => PersonalAmendment) personal?: PersonalAmendment;
}

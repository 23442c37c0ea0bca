import { IsBoolean, IsOptional } from 'class-validator';
import {
  IsId,
  IsInstant,
  IsNote,
  IsOneOf,
  IsSlug,
  IsText,
  IsWhole,
  Many,
  One,
  dispositions,
  type Disposition,
} from '../fields/index.js';
import { OpportunityResult } from '../callbacks/callbacks.js';

/** Stream `survey-<surveyId>`, owner analytics; the survey's id is the callback's. Ask this caller now. */
export class SurveyRequested {
  @IsId() surveyId!: string;
  @IsId() handoverId!: string;
  @IsId() callbackId!: string;
  @IsId() subjectId!: string;
  @IsInstant() occurredAt!: string;
}

export class SurveyPersonal {
  @IsNote(2000) comment!: string;
}

/** Body of `POST /v1/surveys/{surveyId}/answer`. */
export class SurveyAnswer {
  /** 1 (worst) to 5 (best). */
  @IsWhole(1, 5) score!: number;
  /** Did the human already know what the bot had been told? */
  @IsOptional() @IsBoolean() contextKnown?: boolean;
  @IsOptional() @IsInstant() answeredAt?: string;
  @IsOptional() @One(() => SurveyPersonal) personal?: SurveyPersonal;
}

/** Command `survey.answer` on `handover.surveys.commands.v1`. */
export class AnswerSurvey extends SurveyAnswer {
  @IsId() surveyId!: string;
}

export class SurveyAnswered extends SurveyAnswer {
  @IsId() surveyId!: string;
  @IsId() handoverId!: string;
  @IsInstant() occurredAt!: string;
}

export const handoverStatuses = [
  'requested',
  'offered',
  'no-slot',
  'declined',
  'scheduled',
  'at-risk',
  'briefing',
  'dialing',
  'connected',
  'missed',
  'completed',
  'withdrawn',
  'superseded',
  'expired',
] as const;
export type HandoverStatus = (typeof handoverStatuses)[number];

/** Record of `handover.outcomes.state.v1`, keyed by handover: what became of it, as of the last event. */
export class HandoverOutcome {
  @IsId() handoverId!: string;
  @IsId() conversationId!: string;
  @IsId() subjectId!: string;
  @IsSlug() issueType!: string;
  @IsSlug() pool!: string;
  @IsOptional() @IsText(16) language?: string;
  @IsOneOf(handoverStatuses) status!: HandoverStatus;
  /** False until a disposition, a refusal by the caller, or a successor ends it. */
  @IsBoolean() closed!: boolean;
  @IsInstant() requestedAt!: string;
  @IsOptional() @IsInstant() offeredAt?: string;
  @IsOptional() @IsInstant() appointmentStart?: string;
  @IsOptional() @IsOneOf(['kept', 'broken', 'moved', 'cancelled', 'pending']) appointment?:
    'kept' | 'broken' | 'moved' | 'cancelled' | 'pending';
  @IsWhole(0, 100) attempts!: number;
  @IsBoolean() reached!: boolean;
  @IsOptional() @IsBoolean() contextPreserved?: boolean;
  @IsOptional() @IsOneOf(dispositions) disposition?: Disposition;
  @IsOptional() @Many(() => OpportunityResult, 10) opportunities?: OpportunityResult[];
  @IsOptional() @IsWhole(1, 5) surveyScore?: number;
  @IsBoolean() repeatContact!: boolean;
  @IsInstant() asOf!: string;
}

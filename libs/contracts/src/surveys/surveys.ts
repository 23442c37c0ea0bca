import { IsBoolean, IsOptional } from 'class-validator';
import { IsId, IsInstant, IsNote, IsWhole, One } from '../fields/index.js';

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

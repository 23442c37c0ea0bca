import { IsBoolean, IsOptional } from 'class-validator';
import { OpportunityResult } from '../callbacks/callbacks.js';
import {
  IsId,
  IsInstant,
  IsOneOf,
  IsSlug,
  IsText,
  IsWhole,
  Many,
  dispositions,
  type Disposition,
} from '../fields/index.js';
import { handoverStatuses, type HandoverStatus } from './status.js';

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
  /** Of those that the bot saw, each once; `expired` if it had when the caller was connected. */
  @IsOptional() @Many(() => OpportunityResult, 10) opportunities?: OpportunityResult[];
  @IsOptional() @IsWhole(1, 5) surveyScore?: number;
  /** Another conversation of the subject on the same issue began within 24 hours of the request. */
  @IsBoolean() repeatContact!: boolean;
  @IsInstant() asOf!: string;
}

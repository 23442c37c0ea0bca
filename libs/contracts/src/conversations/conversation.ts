import { IsOptional } from 'class-validator';
import {
  IsId,
  IsInstant,
  IsLanguage,
  IsOneOf,
  IsSlug,
  conversationEnds,
  type ConversationEnd,
} from '../fields/index.js';

/** The outcome of one caller's contact with a bot. `POST /v1/conversations`, command `conversation.report`, event `ConversationEnded`. */
export class ConversationReport {
  @IsId() conversationId!: string;
  /** The caller, as a pseudonym that is stable over contacts. */
  @IsId() subjectId!: string;
  @IsOneOf(conversationEnds) outcome!: ConversationEnd;
  /** What it was about, if the bot knows. */
  @IsOptional() @IsSlug() issueType?: string;
  @IsOptional() @IsLanguage() language?: string;
  @IsInstant() startedAt!: string;
  @IsInstant() endedAt!: string;
  /** Bot or flow that led it, for breakdowns. */
  @IsOptional() @IsId() botId?: string;
}

export class ConversationEnded extends ConversationReport {
  @IsInstant() occurredAt!: string;
}

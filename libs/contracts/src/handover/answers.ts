import { IsArray, IsBoolean, IsOptional, IsString } from 'class-validator';
import {
  IsId,
  IsInstant,
  IsLanguage,
  IsOneOf,
  IsSlug,
  IsText,
  IsWhole,
  IsZone,
  Many,
  One,
  attemptOutcomes,
  conversationEnds,
  dispositions,
  noSlotReasons,
  urgencies,
  type AttemptOutcome,
  type ConversationEnd,
  type Disposition,
  type NoSlotReason,
  type Urgency,
} from '../fields/index.js';
import { handoverStatuses, type HandoverStatus } from '../surveys/surveys.js';
import { Completeness } from './events.js';

// What intake answers over HTTP. Nothing in it is personal.

/** A time that the caller may pick until `holdUntil`. */
export class OfferView {
  @IsId() offerId!: string;
  @IsInstant() start!: string;
  /** End of the start window: the call begins before it. */
  @IsInstant() end!: string;
  @IsZone() timeZone!: string;
  /** The time alone, as it is spoken: "at 2:15 this afternoon". */
  @IsText(200) words!: string;
  @IsInstant() holdUntil!: string;
}

export const appointmentStates = ['confirmed', 'at-risk', 'cancelled'] as const;

export class AppointmentView {
  @IsId() appointmentId!: string;
  @IsId() offerId!: string;
  @IsInstant() start!: string;
  @IsInstant() end!: string;
  @IsZone() timeZone!: string;
  @IsText(200) words!: string;
  @IsOneOf(appointmentStates) state!: (typeof appointmentStates)[number];
  /** The start that it had before it was moved. */
  @IsOptional() @IsInstant() movedFrom?: string;
}

export class CallbackView {
  @IsId() callbackId!: string;
  /** Dials so far. */
  @IsWhole(0, 100) attempts!: number;
  @IsOptional() @IsOneOf(attemptOutcomes) lastOutcome?: AttemptOutcome;
  /** The window closed before the first dial. */
  @IsBoolean() missed!: boolean;
  @IsOptional() @IsOneOf(dispositions) disposition?: Disposition;
}

/** Where a handover goes, and by which rule. */
export class Route {
  @IsSlug() pool!: string;
  @IsArray() @IsSlug({ each: true }) skills!: string[];
  @IsString() rule!: string;
}

/** Why no time is offered. */
export class NoSlotView {
  @IsOneOf(noSlotReasons) reason!: NoSlotReason;
  @IsOptional() @IsInstant() nextOpening?: string;
}

/** Where to go on, as paths. */
export class HandoverLinks {
  @IsString() self!: string;
  @IsString() appointment!: string;
  @IsString() decline!: string;
  @IsString() context!: string;
}

/** Answer to `POST /v1/handovers`. */
export class HandoverAnswer {
  @IsId() handoverId!: string;
  /** `offered`, `no-slot`, or `requested` while reservation has not answered. */
  @IsOneOf(handoverStatuses) status!: HandoverStatus;
  /** The whole sentence for the caller, in the caller's language. */
  @IsText(500) say!: string;
  @Many(() => OfferView, 10) offers!: OfferView[];
  @IsOptional() @One(() => NoSlotView) noSlot?: NoSlotView;
  @One(() => Completeness) completeness!: Completeness;
  @One(() => Route) routing!: Route;
  @One(() => HandoverLinks) links!: HandoverLinks;
}

/** Answer to `POST /v1/handovers/{id}/appointment`: without an appointment while reservation has not answered. */
export class AppointmentAnswer {
  @IsId() handoverId!: string;
  @IsOneOf(handoverStatuses) status!: HandoverStatus;
  @IsText(500) say!: string;
  @IsOptional() @One(() => AppointmentView) appointment?: AppointmentView;
  @One(() => HandoverLinks) links!: HandoverLinks;
}

/** Answer to `POST /v1/handovers/{id}/decline` and `DELETE /v1/handovers/{id}/appointment`. */
export class FarewellAnswer {
  @IsId() handoverId!: string;
  @IsOneOf(handoverStatuses) status!: HandoverStatus;
  @IsText(500) say!: string;
  @One(() => HandoverLinks) links!: HandoverLinks;
}

/** Answer to `PATCH /v1/handovers/{id}/context`. */
export class ContextAnswer {
  @IsId() handoverId!: string;
  @One(() => Completeness) completeness!: Completeness;
  @One(() => HandoverLinks) links!: HandoverLinks;
}

/** Answer to `POST /v1/conversations`. */
export class ConversationAnswer {
  @IsId() conversationId!: string;
  @IsOneOf(conversationEnds) outcome!: ConversationEnd;
  @IsInstant() recordedAt!: string;
}

/** What a bot may know of a handover: everything but what is personal. */
export class HandoverView {
  @IsId() handoverId!: string;
  @IsId() conversationId!: string;
  @IsId() subjectId!: string;
  @IsSlug() issueType!: string;
  @IsLanguage() language!: string;
  @IsZone() timeZone!: string;
  @IsOneOf(urgencies) urgency!: Urgency;
  @One(() => Route) routing!: Route;
  @One(() => Completeness) completeness!: Completeness;
  @IsOneOf(handoverStatuses) status!: HandoverStatus;
  /** Ended by a disposition, by the caller, or by a successor. */
  @IsBoolean() closed!: boolean;
  /** Offers still held. */
  @Many(() => OfferView, 10) offers!: OfferView[];
  @IsOptional() @One(() => NoSlotView) noSlot?: NoSlotView;
  @IsOptional() @One(() => AppointmentView) appointment?: AppointmentView;
  @IsOptional() @One(() => CallbackView) callback?: CallbackView;
  /** The older handover of the same caller and issue that this one replaces. */
  @IsOptional() @IsId() supersedes?: string;
  /** The newer one that replaces this. */
  @IsOptional() @IsId() supersededBy?: string;
  @IsOptional() @IsWhole(1, 5) surveyScore?: number;
  @IsInstant() requestedAt!: string;
  @IsInstant() updatedAt!: string;
  @IsOptional() @IsInstant() closedAt?: string;
}

/** Answer to `GET /v1/handovers/{id}`. */
export class HandoverState extends HandoverView {
  /** What to tell the caller now: true of the present status, in the caller's language. */
  @IsText(500) say!: string;
  /** How long it was open, or has been so far. */
  @IsWhole(0, Number.MAX_SAFE_INTEGER) ageSeconds!: number;
  @One(() => HandoverLinks) links!: HandoverLinks;
}

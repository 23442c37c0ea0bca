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
import { handoverStatuses, type HandoverStatus } from './status.js';
import { Completeness } from './events.js';

// What intake answers over HTTP. Nothing in it is personal.

/** A time that the caller may pick until `holdUntil`. */
export class OfferView {
  /** Accept it by this id. */
  @IsId() offerId!: string;
  /** Begin of the start window. */
  @IsInstant() start!: string;
  /** End of the start window: the call begins before it. */
  @IsInstant() end!: string;
  /** The zone in which the time is spoken: the caller's. */
  @IsZone() timeZone!: string;
  /** The time alone, as it is spoken: "at 2:15 this afternoon". */
  @IsText(200) words!: string;
  /** Until then nobody else is promised this time. */
  @IsInstant() holdUntil!: string;
}

export const appointmentStates = ['confirmed', 'at-risk', 'cancelled'] as const;

export class AppointmentView {
  /** The callback has the same id. */
  @IsId() appointmentId!: string;
  /** The offer that was accepted. */
  @IsId() offerId!: string;
  /** Begin of the start window. */
  @IsInstant() start!: string;
  /** End of the start window: the call begins before it. */
  @IsInstant() end!: string;
  /** The zone in which the time is spoken: the caller's. */
  @IsZone() timeZone!: string;
  /** The time alone, as it was spoken. */
  @IsText(200) words!: string;
  /** `at-risk`: present capacity does not support it; it is secured or moved. */
  @IsOneOf(appointmentStates) state!: (typeof appointmentStates)[number];
  /** The start that it had before it was moved. */
  @IsOptional() @IsInstant() movedFrom?: string;
}

export class CallbackView {
  /** The appointment's id. */
  @IsId() callbackId!: string;
  /** Dials so far. */
  @IsWhole(0, 100) attempts!: number;
  /** How the last dial ended. */
  @IsOptional() @IsOneOf(attemptOutcomes) lastOutcome?: AttemptOutcome;
  /** The window closed before the first dial. */
  @IsBoolean() missed!: boolean;
  /** How the callback ended. */
  @IsOptional() @IsOneOf(dispositions) disposition?: Disposition;
}

/** Where a handover goes, and by which rule. */
export class Route {
  /** The pool whose agents call. */
  @IsSlug() pool!: string;
  /** What the agent must be able to do. */
  @IsArray() @IsSlug({ each: true }) skills!: string[];
  /** Id of the routing rule that matched. */
  @IsString() rule!: string;
}

/** Why no time is offered. */
export class NoSlotView {
  /** The first thing that is missing. */
  @IsOneOf(noSlotReasons) reason!: NoSlotReason;
  /** When there are hours again, or when a time is free that was not wished for. */
  @IsOptional() @IsInstant() nextOpening?: string;
}

/** Where to go on, as paths. */
export class HandoverLinks {
  /** How the handover stands. */
  @IsString() self!: string;
  /** Accept or cancel. */
  @IsString() appointment!: string;
  /** Decline all offers. */
  @IsString() decline!: string;
  /** Amend the context. */
  @IsString() context!: string;
}

/** Answer to `POST /v1/handovers`. */
export class HandoverAnswer {
  /** Name of the handover from now on. */
  @IsId() handoverId!: string;
  /** `offered`, `no-slot`, or `requested` while reservation has not answered. */
  @IsOneOf(handoverStatuses) status!: HandoverStatus;
  /** The whole sentence for the caller, in the caller's language. */
  @IsText(500) say!: string;
  /** Times held for this caller, the earliest first; at most three. */
  @Many(() => OfferView, 10) offers!: OfferView[];
  /** Why there are no offers, if there are none. */
  @IsOptional() @One(() => NoSlotView) noSlot?: NoSlotView;
  /** What the context lacks, and what that costs. */
  @One(() => Completeness) completeness!: Completeness;
  /** Where the handover goes, and by which rule. */
  @One(() => Route) routing!: Route;
  /** Where to go on. */
  @One(() => HandoverLinks) links!: HandoverLinks;
}

/** Answer to `POST /v1/handovers/{id}/appointment`: without an appointment while reservation has not answered. */
export class AppointmentAnswer {
  /** The handover. */
  @IsId() handoverId!: string;
  /** `scheduled`, or `offered` while reservation has not answered. */
  @IsOneOf(handoverStatuses) status!: HandoverStatus;
  /** The whole sentence for the caller, in the caller's language. */
  @IsText(500) say!: string;
  /** What was agreed. */
  @IsOptional() @One(() => AppointmentView) appointment?: AppointmentView;
  /** Where to go on. */
  @One(() => HandoverLinks) links!: HandoverLinks;
}

/** What a refusal of something that is asked of a handover may hold besides the problem's own members. */
export class HandoverRefusal {
  /** How the handover ended, if it is closed: `withdrawn`, `superseded` or `completed`. */
  @IsOptional() @IsString() closedAs?: string;
}

/** What a refusal of an acceptance may hold besides the problem's own members. */
export class AppointmentRefusal extends HandoverRefusal {
  /** The handover. */
  @IsOptional() @IsId() handoverId?: string;
  /** The whole sentence for the caller, in the caller's language. */
  @IsOptional() @IsText(500) say?: string;
  /** Times held afresh, if the one that was wanted is gone. */
  @IsOptional() @Many(() => OfferView, 10) offers?: OfferView[];
  /** Where to go on. */
  @IsOptional() @One(() => HandoverLinks) links?: HandoverLinks;
}

/** Answer to `POST /v1/handovers/{id}/decline` and `DELETE /v1/handovers/{id}/appointment`. */
export class FarewellAnswer {
  /** The handover. */
  @IsId() handoverId!: string;
  /** `declined` or `withdrawn`. */
  @IsOneOf(handoverStatuses) status!: HandoverStatus;
  /** The whole sentence for the caller, in the caller's language. */
  @IsText(500) say!: string;
  /** Where to go on. */
  @One(() => HandoverLinks) links!: HandoverLinks;
}

/** Answer to `PATCH /v1/handovers/{id}/context`. */
export class ContextAnswer {
  /** The handover. */
  @IsId() handoverId!: string;
  /** What the context lacks now. */
  @One(() => Completeness) completeness!: Completeness;
  /** Where to go on. */
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
  /** Where it went, and by which rule. */
  @One(() => Route) routing!: Route;
  /** What the context lacks. */
  @One(() => Completeness) completeness!: Completeness;
  /** Where it stands; docs/http-api.md says how they follow each other. */
  @IsOneOf(handoverStatuses) status!: HandoverStatus;
  /** Ended by a disposition, by the caller, or by a successor. */
  @IsBoolean() closed!: boolean;
  /** Offers still held. */
  @Many(() => OfferView, 10) offers!: OfferView[];
  /** Why there were no offers. */
  @IsOptional() @One(() => NoSlotView) noSlot?: NoSlotView;
  /** What was agreed, if anything. */
  @IsOptional() @One(() => AppointmentView) appointment?: AppointmentView;
  /** How far the call has come, once it is scheduled. */
  @IsOptional() @One(() => CallbackView) callback?: CallbackView;
  /** The older handover of the same caller and issue that this one replaces. */
  @IsOptional() @IsId() supersedes?: string;
  /** The newer one that replaces this. */
  @IsOptional() @IsId() supersededBy?: string;
  /** The caller's rating, 1 to 5. */
  @IsOptional() @IsWhole(1, 5) surveyScore?: number;
  /** When the bot gave up. */
  @IsInstant() requestedAt!: string;
  /** When something last happened. */
  @IsInstant() updatedAt!: string;
  /** When it ended. */
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

import { IsArray, IsOptional, IsString } from 'class-validator';
import {
  IsId,
  IsInstant,
  IsLanguage,
  IsOneOf,
  IsPhoneNumber,
  IsSlug,
  IsText,
  IsWhole,
  IsZone,
  Many,
  One,
  urgencies,
  type Urgency,
} from '../fields/index.js';
import { ContextAmendment, HandoverRequest, Personal } from './context.js';

/** A part of the context that the bot did not give, and what that costs. */
export class Gap {
  /** Path of the missing field, as `personal.summary`. */
  @IsString() field!: string;
  /** What the agent will have to do without it. */
  @IsText(200) consequence!: string;
}

/** How much of the context is there. */
export class Completeness {
  /** 0–100: weighted share of the parts that an agent needs. */
  @IsWhole(0, 100) percent!: number;
  @Many(() => Gap, 20) gaps!: Gap[];
}

export class RequestedPersonal extends Personal {
  /** SHA-256 of the canonical body: another body under the same key is refused. A hash of a phone number is as good as the number, so it is personal. */
  @IsString() fingerprint!: string;
}

/** Stream `handover-<handoverId>`, owner intake. The bot gave up and said what it knows. */
export class HandoverRequested extends HandoverRequest {
  @IsId() handoverId!: string;
  /** Who asked; part of the idempotency of requests. */
  @IsId() clientId!: string;
  /** Routing's answer. */
  @IsSlug() override pool!: string;
  @IsArray() @IsSlug({ each: true }) override skills!: string[];
  @IsOneOf(urgencies) override urgency!: Urgency;
  /** Id of the routing rule that matched. */
  @IsString() rule!: string;
  @One(() => Completeness) completeness!: Completeness;
  @One(() => RequestedPersonal) override personal!: RequestedPersonal;
  @IsInstant() occurredAt!: string;
}

export class ContextAmended extends ContextAmendment {
  @IsId() handoverId!: string;
  /** Paths of fields that were taken back (sent as null), as `sentiment` or `personal.summary`. */
  @IsOptional() @IsArray() @IsString({ each: true }) removed?: string[];
  @One(() => Completeness) completeness!: Completeness;
  @IsInstant() occurredAt!: string;
}

export class AcceptedPersonal {
  /** Another number than the one first given. */
  @IsPhoneNumber() phoneNumber!: string;
}

/** The caller picked an offer; reservation decides whether the hold still stands. */
export class OfferAccepted {
  @IsId() handoverId!: string;
  @IsId() offerId!: string;
  @IsSlug() pool!: string;
  @IsOptional() @One(() => AcceptedPersonal) personal?: AcceptedPersonal;
  @IsInstant() occurredAt!: string;
}

export class OffersDeclined {
  @IsId() handoverId!: string;
  @IsSlug() pool!: string;
  @IsOptional() @IsText(200) reason?: string;
  @IsInstant() occurredAt!: string;
}

/** The caller no longer wants the appointment. */
export class HandoverWithdrawn {
  @IsId() handoverId!: string;
  @IsSlug() pool!: string;
  @IsOptional() @IsText(200) reason?: string;
  @IsInstant() occurredAt!: string;
}

/** The same subject came back on the same issue: a newer handover took this one's place. */
export class HandoverSuperseded {
  @IsId() handoverId!: string;
  @IsId() supersededBy!: string;
  @IsInstant() occurredAt!: string;
}

/** Commands of integrators on `handover.handovers.commands.v1`; the HTTP calls say the same. */
export class AmendContext extends ContextAmendment {
  @IsId() handoverId!: string;
}

/** Body of `POST /v1/handovers/{id}/appointment`. */
export class OfferAcceptance {
  /** One of the offers. */
  @IsId() offerId!: string;
  /** Another number than the one first given. */
  @IsOptional() @IsPhoneNumber() phoneNumber?: string;
}

export class AcceptOffer extends OfferAcceptance {
  @IsId() handoverId!: string;
}

/** Body of `POST /v1/handovers/{id}/decline` and of `DELETE /v1/handovers/{id}/appointment`. */
export class Reason {
  /** Why, if the caller said so. Nothing personal. */
  @IsOptional() @IsText(200) reason?: string;
}

export class DeclineOffers extends Reason {
  @IsId() handoverId!: string;
}

export class WithdrawHandover extends Reason {
  @IsId() handoverId!: string;
}

/** How and where a caller is spoken to. */
export class Voice {
  @IsLanguage() language!: string;
  @IsZone() timeZone!: string;
}

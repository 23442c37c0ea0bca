import { ArrayMaxSize, IsArray, IsOptional, IsString } from 'class-validator';
import {
  IsCountry,
  IsId,
  IsInstant,
  IsLanguage,
  IsLocalDate,
  IsOneOf,
  IsSlug,
  IsText,
  IsWhole,
  IsZone,
  Many,
  One,
  cancelReasons,
  confirmRefusals,
  noSlotReasons,
  urgencies,
  type CancelReason,
  type ConfirmRefusal,
  type NoSlotReason,
  type Urgency,
} from '../fields/index.js';
import { Wishes } from '../handover/context.js';

// Commands on `handover.slots.commands.v1`, keyed by pool: only the pool's one writer sees them, in order.

/** `slots.request`: find times that present capacity can honour, and hold them. */
export class RequestSlots {
  /** Names the request; a repeat of it gets the same answer. */
  @IsId() requestId!: string;
  @IsId() handoverId!: string;
  @IsSlug() pool!: string;
  @IsArray() @ArrayMaxSize(20) @IsSlug({ each: true }) skills!: string[];
  @IsId() subjectId!: string;
  @IsSlug() issueType!: string;
  @IsOneOf(urgencies) urgency!: Urgency;
  @IsLanguage() language!: string;
  @IsZone() timeZone!: string;
  @IsOptional() @IsCountry() country?: string;
  @IsOptional() @One(() => Wishes) wishes?: Wishes;
  /** When the first opportunity expires: better to call before. */
  @IsOptional() @IsInstant() opportunityExpiresAt?: string;
  @IsInstant() occurredAt!: string;
}

/** `slots.confirm`: the caller accepted this offer. */
export class ConfirmSlot {
  @IsId() requestId!: string;
  @IsId() handoverId!: string;
  @IsSlug() pool!: string;
  @IsId() offerId!: string;
  @IsInstant() occurredAt!: string;
}

/** `slots.release`: the caller wants none of the offers. */
export class ReleaseSlots {
  @IsId() handoverId!: string;
  @IsSlug() pool!: string;
  @IsInstant() occurredAt!: string;
}

/** `slots.cancel`: the caller no longer wants the appointment. */
export class CancelAppointment {
  @IsId() handoverId!: string;
  @IsSlug() pool!: string;
  @IsInstant() occurredAt!: string;
}

// Events in `slotbook-<pool>-<local date>`, published on `handover.appointments.events.v1` by handover.

/** A slot held for one handover, with the words to speak. */
export class Offer {
  @IsId() offerId!: string;
  @IsInstant() start!: string;
  /** End of the start window: the dial begins before it. */
  @IsInstant() end!: string;
  /** The time alone, as it is spoken: "at 2:15 this afternoon". */
  @IsText(200) words!: string;
  /** Skill group of the witness when the offer was held. */
  @IsString() group!: string;
}

/** What an appointment needs to be re-checked, moved and called: carried by each event that creates one. */
export class SlotTerms {
  @IsId() handoverId!: string;
  @IsSlug() pool!: string;
  @IsArray() @IsSlug({ each: true }) skills!: string[];
  @IsId() subjectId!: string;
  @IsSlug() issueType!: string;
  @IsOneOf(urgencies) urgency!: Urgency;
  @IsLanguage() language!: string;
  @IsZone() timeZone!: string;
  @IsOptional() @IsCountry() country?: string;
  @IsOptional() @One(() => Wishes) wishes?: Wishes;
  /** Planned handle time: the callback occupies one agent that long from its start. */
  @IsWhole(1, 86_400) handleSeconds!: number;
  /** When the request behind it was made: a release or cancellation that was said before does not concern it. */
  @IsOptional() @IsInstant() requestedAt?: string;
}

export class OffersHeld extends SlotTerms {
  @IsId() requestId!: string;
  @Many(() => Offer, 10) offers!: Offer[];
  @IsInstant() holdUntil!: string;
  @IsWhole(0, Number.MAX_SAFE_INTEGER) capacityVersion!: number;
  /** The whole sentence for the caller, in the caller's language. */
  @IsText(500) say!: string;
  @IsInstant() occurredAt!: string;
}

export class NoSlotFound {
  @IsId() requestId!: string;
  @IsId() handoverId!: string;
  @IsSlug() pool!: string;
  @IsOneOf(noSlotReasons) reason!: NoSlotReason;
  /** When the pool next has hours at all, if known. */
  @IsOptional() @IsInstant() nextOpening?: string;
  @IsText(500) say!: string;
  @IsInstant() occurredAt!: string;
}

export class AppointmentConfirmed extends SlotTerms {
  @IsId() requestId!: string;
  @IsId() appointmentId!: string;
  @IsId() offerId!: string;
  @IsInstant() start!: string;
  @IsInstant() end!: string;
  @IsText(200) words!: string;
  @IsText(500) say!: string;
  /** The proof: capacity version and skill group it was checked against. */
  @IsWhole(0, Number.MAX_SAFE_INTEGER) capacityVersion!: number;
  @IsString() group!: string;
  /** The open appointment on the same subject and issue that this one replaces, and its handover. */
  @IsOptional() @IsId() supersedes?: string;
  @IsOptional() @IsId() supersedesHandover?: string;
  @IsInstant() occurredAt!: string;
}

/** The answer to `slots.confirm` when the hold does not stand; `offers` are fresh holds, if there are any. */
export class ConfirmationRefused {
  @IsId() requestId!: string;
  @IsId() handoverId!: string;
  @IsSlug() pool!: string;
  @IsId() offerId!: string;
  @IsOneOf(confirmRefusals) refused!: ConfirmRefusal;
  @Many(() => Offer, 10) offers!: Offer[];
  @IsOptional() @IsInstant() holdUntil?: string;
  @IsText(500) say!: string;
  @IsInstant() occurredAt!: string;
}

export const releaseReasons = [
  'another-confirmed',
  'declined',
  'withdrawn',
  'replaced',
  'capacity-withdrawn',
] as const;

export class OfferReleased {
  @IsId() handoverId!: string;
  @IsSlug() pool!: string;
  @IsArray() @IsId({ each: true }) offerIds!: string[];
  @IsOneOf(releaseReasons) reason!: (typeof releaseReasons)[number];
  @IsInstant() occurredAt!: string;
}

export class HoldExpired {
  @IsId() handoverId!: string;
  @IsSlug() pool!: string;
  @IsArray() @IsId({ each: true }) offerIds!: string[];
  @IsInstant() occurredAt!: string;
}

export class AppointmentAtRisk {
  @IsId() appointmentId!: string;
  @IsId() handoverId!: string;
  @IsSlug() pool!: string;
  @IsInstant() start!: string;
  @IsWhole(0, Number.MAX_SAFE_INTEGER) capacityVersion!: number;
  @IsInstant() occurredAt!: string;
}

/** Capacity came back: an appointment at risk is honoured after all. */
export class AppointmentSecured {
  @IsId() appointmentId!: string;
  @IsId() handoverId!: string;
  @IsSlug() pool!: string;
  @IsWhole(0, Number.MAX_SAFE_INTEGER) capacityVersion!: number;
  @IsString() group!: string;
  @IsInstant() occurredAt!: string;
}

export class AppointmentMoved extends SlotTerms {
  @IsId() appointmentId!: string;
  @IsInstant() fromStart!: string;
  @IsInstant() start!: string;
  @IsInstant() end!: string;
  @IsText(200) words!: string;
  /** What the caller is to be told, before the old window opens. */
  @IsText(500) say!: string;
  @IsWhole(0, Number.MAX_SAFE_INTEGER) capacityVersion!: number;
  @IsString() group!: string;
  @IsOneOf(['capacity', 'caller']) by!: 'capacity' | 'caller';
  @IsInstant() occurredAt!: string;
}

export class AppointmentCancelled {
  @IsId() appointmentId!: string;
  @IsId() handoverId!: string;
  @IsSlug() pool!: string;
  @IsInstant() start!: string;
  @IsOneOf(cancelReasons) reason!: CancelReason;
  @IsOptional() @IsId() supersededBy?: string;
  @IsInstant() occurredAt!: string;
}

/**
 * A process took over the pool and read this book to its end. Whoever wrote it before finds another revision than
 * expected and cannot write again. Stored only.
 */
export class BookOpened {
  @IsSlug() pool!: string;
  @IsLocalDate() day!: string;
  /** Name of the process (`HANDOVER_INSTANCE`). */
  @IsText(200) owner!: string;
  /** Counts the owners of the pool: of two that take over at once, the higher one stays. */
  @IsWhole(1, Number.MAX_SAFE_INTEGER) epoch!: number;
  @IsInstant() occurredAt!: string;
}

import {
  type AttemptOutcome,
  type Completeness,
  type Disposition,
  type HandoverStatus,
  type NoSlotReason,
  type Urgency,
} from '@handover/contracts';
import { type Route } from './routing.js';

/** A time that the caller may pick until `holdUntil`. Instants are ISO 8601 in UTC, here and below. */
export interface OfferView {
  readonly offerId: string;
  readonly start: string;
  readonly end: string;
  readonly timeZone: string;
  /** The time alone, as it is spoken. */
  readonly words: string;
  readonly holdUntil: string;
}

export interface AppointmentView {
  readonly appointmentId: string;
  readonly offerId: string;
  readonly start: string;
  readonly end: string;
  readonly timeZone: string;
  readonly words: string;
  readonly state: 'confirmed' | 'at-risk' | 'cancelled';
  /** The start that it had before it was moved. */
  readonly movedFrom?: string;
}

export interface CallbackView {
  readonly callbackId: string;
  /** Dials so far. */
  readonly attempts: number;
  readonly lastOutcome?: AttemptOutcome;
  /** The window closed before the first dial. */
  readonly missed: boolean;
  readonly disposition?: Disposition;
}

/** What a bot may know of a handover: everything but what is personal. */
export interface HandoverView {
  readonly handoverId: string;
  readonly conversationId: string;
  readonly subjectId: string;
  readonly issueType: string;
  readonly language: string;
  readonly timeZone: string;
  readonly urgency: Urgency;
  readonly routing: Route;
  readonly completeness: Completeness;
  readonly status: HandoverStatus;
  /** Ended, by a disposition, by the caller, or by a successor. */
  readonly closed: boolean;
  /** The newest sentence for the caller. */
  readonly say?: string;
  /** Offers still held. */
  readonly offers: readonly OfferView[];
  /** Why there is none. */
  readonly noSlot?: { readonly reason: NoSlotReason; readonly nextOpening?: string };
  readonly appointment?: AppointmentView;
  readonly callback?: CallbackView;
  /** The older handover of the same caller and issue that this one replaces, and the newer one that replaces this. */
  readonly supersedes?: string;
  readonly supersededBy?: string;
  /** 1–5. */
  readonly surveyScore?: number;
  readonly requestedAt: string;
  readonly updatedAt: string;
  readonly closedAt?: string;
}

import {
  type AppointmentEvent,
  type CallbackEvent,
  type CapacityEvent,
  type ConfirmRefusal,
  type NoSlotReason,
} from '@handover/contracts';
import { type Instant } from '@handover/kernel';

/** What the audit reads: a pool's capacity, its slot books and its callbacks; it passes over what it has no use for. */
export type AuditedEvent = AppointmentEvent | CapacityEvent | CallbackEvent;

/** Rules that an event of a slot book can break. */
export type Rule =
  /** What is promised fits the capacity in every cell, whatever set of skills is looked at. */
  | 'fits-capacity'
  /** The group named as proof exists, has the skills, and has at least one place in each cell. */
  | 'group-serves'
  /** A promise names the newest capacity that the book has seen, and one that was projected. */
  | 'current-capacity'
  /** What is confirmed was held, and not past its time. */
  | 'was-held'
  /** A handover has at most one live appointment. */
  | 'one-appointment';

export interface Violation {
  readonly rule: Rule;
  /** `occurredAt` of the event that broke it. */
  readonly at: string;
  /** Type and id of what was promised. */
  readonly by: string;
  readonly why: string;
}

/** What has become of the appointments, by the rule of invariant 4: none is lost in silence. */
export interface Outcomes {
  readonly confirmed: number;
  /** The first dial began inside the window. */
  readonly kept: number;
  /** The window is not over, and nothing speaks against it. */
  readonly ahead: number;
  /** Flagged before the window, and not secured or moved since. */
  readonly atRisk: number;
  /** The window went by without a dial, and nobody was warned. */
  readonly broken: number;
  readonly cancelled: number;
  /** How often one was moved because of capacity; not a class of its own. */
  readonly moved: number;
}

/** A cell of the grid at the moment when the most was promised for it, compared with what could be. */
export interface CellLoad {
  readonly start: string;
  readonly promised: number;
  readonly capacity: number;
}

/** Who was refused what, and why: what fairness can be judged by. */
export interface Refusal {
  readonly at: string;
  readonly handoverId: string;
  /** The question that was answered so. */
  readonly requestId: string;
  /** `times`: none could be offered; otherwise the offer that could not be confirmed. */
  readonly refused: 'times' | { readonly offerId: string };
  readonly why: NoSlotReason | ConfirmRefusal;
  /** Times that were held instead, or when there are hours again. */
  readonly instead: readonly string[];
}

export interface SlotAudit {
  readonly asOf: string;
  readonly events: number;
  /** The newest capacity that the books have seen, and the newest that was projected. */
  readonly capacityVersion: number;
  readonly projectedVersion: number;
  readonly appointments: Outcomes;
  readonly offers: { readonly held: number; readonly expired: number; readonly released: number };
  /** In the order of the log. */
  readonly refusals: readonly Refusal[];
  /** In the order of time. */
  readonly cells: readonly CellLoad[];
  /** Promises that the newest projection no longer supports and that nobody has answered yet; a book that keeps up has none. */
  readonly unanswered: number;
  /** Must be empty. */
  readonly violations: readonly Violation[];
}

/** A promise of an agent's time, held or confirmed. */
export interface Promised {
  readonly id: string;
  readonly handoverId: string;
  readonly skills: readonly string[];
  readonly start: Instant;
  readonly end: Instant;
}

import {
  type CancelAppointment,
  type CapacityProjected,
  type ConfirmSlot,
  type ReleaseSlots,
  type RequestSlots,
} from '@handover/contracts';
import { type Instant } from '@handover/kernel';
import { cancelAppointment, cancelSuperseded } from './decisions/cancel.js';
import { applyCapacity, giveWay } from './decisions/capacity.js';
import { confirmSlot } from './decisions/confirm.js';
import { Draft } from './decisions/draft.js';
import { expireDue, releaseSlots, requestSlots } from './decisions/holds.js';
import { rescue } from './decisions/rescue.js';
import { type Demand } from './engine/port.js';
import { type Pool } from './pool.js';
import { type Entry } from './slot-book.js';
import { forgetPast } from './witness.js';

/** What a pool's writer can be asked, by the type of the message. */
export type SlotCommand =
  | { readonly type: 'slots.request'; readonly data: RequestSlots }
  | { readonly type: 'slots.confirm'; readonly data: ConfirmSlot }
  | { readonly type: 'slots.release'; readonly data: ReleaseSlots }
  | { readonly type: 'slots.cancel'; readonly data: CancelAppointment }
  | { readonly type: 'slots.apply-capacity'; readonly data: CapacityProjected }
  /** Time went by: holds may be due. */
  | { readonly type: 'tick' };

/**
 * Decides one command against the pool and changes its memory accordingly. The entries are to be stored in their
 * order: every beginning of the list is a state that the pool can be opened from.
 */
export function decide(pool: Pool, command: SlotCommand, now: Instant): readonly Entry[] {
  const draft = new Draft(pool, now);
  forgetPast(pool, now);
  expireDue(draft);
  obey(draft, command);
  if (command.type === 'slots.apply-capacity' || draft.entries.some(freesPlaces)) rescue(draft);
  return draft.entries;
}

/** The first decision after `openPool`: finishes what a crash or a change of owner left half done. */
export function settle(pool: Pool, unplaced: readonly Demand[], now: Instant): readonly Entry[] {
  const draft = new Draft(pool, now);
  cancelSuperseded(draft);
  giveWay(draft, unplaced);
  expireDue(draft);
  rescue(draft);
  return draft.entries;
}

function obey(draft: Draft, command: SlotCommand): void {
  switch (command.type) {
    case 'slots.request':
      return requestSlots(draft, command.data);
    case 'slots.confirm':
      return confirmSlot(draft, command.data);
    case 'slots.release':
      return releaseSlots(draft, command.data.handoverId, command.data.occurredAt);
    case 'slots.cancel':
      return cancelAppointment(draft, command.data.handoverId, command.data.occurredAt);
    case 'slots.apply-capacity':
      return applyCapacity(draft, command.data);
    case 'tick':
      return;
  }
}

const freesPlaces = ({ event }: Entry): boolean =>
  event.type === 'OfferReleased' || event.type === 'HoldExpired' || event.type === 'AppointmentCancelled';

import { type OfCallback } from '@handover/contracts';
import { type Instant, toIso } from '@handover/kernel';
import { type KnownCallback } from './callback.js';

/** What every event of a callback says of itself. */
export const about = ({ terms }: KnownCallback, now: Instant): OfCallback => ({
  callbackId: terms.callbackId,
  handoverId: terms.handoverId,
  pool: terms.pool,
  occurredAt: toIso(now),
});

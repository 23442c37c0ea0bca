import { type AuditedEvent, auditSlots } from '@handover/reservation';
import { type Logged, ofType, repeated } from '../chaos/log.js';
import { type DiaryLine } from './diary.js';

/** How often a pool went from one owner to the other, by the marks in one of its books. */
export function handovers(log: readonly Logged[]): number {
  const last = new Map<string, { readonly stream: string; owner: string }>();
  let changes = 0;
  for (const { stream, data } of ofType(log, 'BookOpened')) {
    const book = last.get(data.pool) ?? { stream, owner: data.owner };
    last.set(data.pool, book);
    if (book.stream !== stream || book.owner === data.owner) continue;
    book.owner = data.owner;
    changes += 1;
  }
  return changes;
}

/** What the independent audit finds wrong in any pool. */
export const audited = (log: readonly Logged[], pools: readonly string[]): readonly string[] =>
  pools.flatMap((pool) => {
    const events = log.filter(({ data }) => 'pool' in data && data.pool === pool) as readonly AuditedEvent[];
    const { violations, unanswered } = auditSlots(events);
    const lines = violations.map(({ rule, by, why }) => `${pool}: ${rule}: ${by}: ${why}`);
    return unanswered > 0
      ? [...lines, `${pool}: ${unanswered} promises that capacity no longer carries`]
      : lines;
  });

/** Requests, confirmations and offers that were answered, or confirmed, more than once. */
export const answeredTwice = (log: readonly Logged[]): readonly string[] => [
  ...repeated(
    [...ofType(log, 'OffersHeld'), ...ofType(log, 'NoSlotFound')].map(({ data }) => data.requestId),
  ),
  ...repeated(
    [...ofType(log, 'AppointmentConfirmed'), ...ofType(log, 'ConfirmationRefused')].map(
      ({ data }) => data.requestId,
    ),
  ),
  ...repeated(ofType(log, 'AppointmentConfirmed').map(({ data }) => data.offerId)),
];

/** Marks of a book whose epoch is not higher than that of the mark before. */
export function epochsFallen(log: readonly Logged[]): readonly string[] {
  const epochs = new Map<string, number>();
  return ofType(log, 'BookOpened').flatMap(({ stream, data }) => {
    const before = epochs.get(stream) ?? 0;
    epochs.set(stream, data.epoch);
    return data.epoch > before ? [] : [`${stream}: epoch ${data.epoch} after ${before}`];
  });
}

/** Decisions that stand in a book behind the mark of a later epoch than the one in which they were made. */
export function decidedTooLate(log: readonly Logged[], diary: readonly DiaryLine[]): readonly string[] {
  const madeIn = new Map(
    diary.flatMap((line) => (line.did === 'stored' ? line.ids.map((id) => [id, line.epoch] as const) : [])),
  );
  const epochs = new Map<string, number>();
  return log.flatMap(({ stream, type, id, data }) => {
    if (type === 'BookOpened') epochs.set(stream, data.epoch);
    const epoch = madeIn.get(id);
    const standing = epochs.get(stream) ?? 0;
    return epoch === undefined || epoch === standing
      ? []
      : [`${stream}: ${type} of epoch ${epoch} in epoch ${standing}`];
  });
}

import { type SlotTerms, type Urgency } from '@handover/contracts';
import {
  type Instant,
  type LocalDate,
  addDays,
  fromIso,
  idFrom,
  localDate,
  minuteMs,
  startOfDay,
} from '@handover/kernel';
import { type Search, demandAt, leavesRoom, wishedStarts } from './search.js';

/** A start that the witness now carries, under its offer id. */
export interface FoundStart {
  readonly offerId: string;
  readonly start: Instant;
  readonly day: LocalDate;
}

const offersAtMost = 3;

/** How far apart the offers of one set lie: a caller in need chooses among near times, another among different ones. */
const spacingMs: Readonly<Record<Urgency, number>> = {
  critical: 10 * minuteMs,
  high: 20 * minuteMs,
  normal: 30 * minuteMs,
  low: 60 * minuteMs,
};

/** The offer's id follows from its request and its place in the answer: a request decided twice makes the same offers. */
const offerIdOf = ({ handoverId, pool }: SlotTerms, requestId: string, index: number): string =>
  idFrom('offer', pool, handoverId, requestId, index);

/**
 * Finds up to three starts of one day-book, admits each to the witness, earliest first, then spread.
 * With an opportunity that expires, times before that are looked for first.
 */
export function findOffers(search: Search, requestId: string, opportunityExpiresAt?: string): FoundStart[] {
  const before = opportunityExpiresAt && spread(search, requestId, fromIso(opportunityExpiresAt));
  return before && before.length > 0 ? before : spread(search, requestId, Infinity);
}

function spread(search: Search, requestId: string, until: Instant): FoundStart[] {
  const { pool, capacity, terms } = search;
  const { timeZone, slotMs, holdShare } = capacity.settings;
  const found: FoundStart[] = [];
  let day = '';
  let dayEnd = -Infinity;
  let offerId: string | undefined;
  for (const start of wishedStarts(search)) {
    const last = found.at(-1);
    if (start + slotMs > until || found.length === offersAtMost) break;
    if (last && start < last.start + spacingMs[terms.urgency]) continue;
    if (start >= dayEnd) {
      if (last) break;
      day = localDate(start, timeZone);
      dayEnd = startOfDay(addDays(day, 1), timeZone);
    }
    // The first time is what the caller needs; a choice is a comfort, and gets half the room.
    const share = last ? holdShare / 2 : holdShare;
    if (!leavesRoom(search, start, share) || !pool.speech.isSpeakable(start, terms.timeZone)) continue;
    // On a busy day hundreds of starts are tried, all for this offer.
    offerId ??= offerIdOf(terms, requestId, found.length);
    if (!pool.engine.admit(demandAt(search, offerId, start))) continue;
    found.push({ offerId, start, day });
    offerId = undefined;
  }
  return found;
}

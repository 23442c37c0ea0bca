import { type OfferReleased, type RequestSlots, type SlotTerms } from '@handover/contracts';
import { type Instant, fromIso, toIso } from '@handover/kernel';
import { type PoolCapacity } from '../capacity/pool-capacity.js';
import { type HoldSet, subjectOf } from '../slot-book.js';
import { whyNone } from '../times/no-slot.js';
import { type FoundStart, findOffers } from '../times/offers.js';
import { type Search } from '../times/search.js';
import { type Draft } from './draft.js';

/** `slots.request`: holds up to three times and says them, or says why there are none. A repeat changes nothing. */
export function requestSlots(draft: Draft, request: RequestSlots): void {
  const { pool, now } = draft;
  if (pool.book.answered.has(request.requestId)) return;
  if (!pool.capacity) return sayNone(draft, request, { reason: 'unknown-pool' });

  const terms = termsFor(request, pool.capacity);
  const search: Search = { pool, capacity: pool.capacity, terms, now };
  releaseEarlier(draft, terms);
  const found = findOffers(search, request.requestId, request.opportunityExpiresAt);
  if (found.length === 0) return sayNone(draft, request, whyNone(search));
  const say = pool.speech.offersSentence(
    found.map(({ start }) => start),
    now,
    terms,
  );
  holdOffers(draft, search, { requestId: request.requestId, found, say });
}

const termsFor = (request: RequestSlots, capacity: PoolCapacity): SlotTerms => ({
  handoverId: request.handoverId,
  pool: request.pool,
  skills: request.skills,
  subjectId: request.subjectId,
  issueType: request.issueType,
  urgency: request.urgency,
  language: request.language,
  timeZone: request.timeZone,
  country: request.country,
  wishes: request.wishes,
  handleSeconds: capacity.plannedSeconds.get(request.issueType) ?? capacity.settings.handleSeconds,
  requestedAt: request.occurredAt,
});

/** One set of offers per handover, and one per subject and issue: a bot that asks in a loop holds no more than others. */
export function releaseEarlier(draft: Draft, terms: SlotTerms): void {
  const { holds, holderBySubject } = draft.pool.book;
  for (const handoverId of new Set([terms.handoverId, holderBySubject.get(subjectOf(terms))])) {
    const earlier = handoverId && holds.get(handoverId);
    if (earlier) releaseHolds(draft, earlier, 'replaced');
  }
}

export interface NewHolds {
  readonly requestId: string;
  /** At least one; all lie on one day and are in the witness. */
  readonly found: readonly FoundStart[];
  readonly say: string;
}

export function holdOffers(
  draft: Draft,
  search: Search,
  { requestId, found, say }: NewHolds,
): HoldSet | undefined {
  const { pool, now } = draft;
  const { terms, capacity } = search;
  const [first] = found;
  if (!first) return undefined;
  const offers = found.map(({ offerId, start }) => ({
    offerId,
    start: toIso(start),
    end: toIso(start + capacity.settings.slotMs),
    words: pool.speech.spokenTime(start, terms.timeZone, now, terms.language),
    group: pool.engine.groupOf(offerId) ?? '',
  }));
  const data = {
    ...terms,
    requestId,
    offers,
    holdUntil: toIso(now + capacity.settings.holdMs),
    capacityVersion: capacity.version,
    say,
    occurredAt: toIso(now),
  };
  draft.write(first.day, { type: 'OffersHeld', data }, requestId);
  return pool.book.holds.get(terms.handoverId);
}

function sayNone(
  draft: Draft,
  request: RequestSlots,
  { reason, nextOpening }: ReturnType<typeof whyNone>,
): void {
  const { requestId, handoverId, pool } = request;
  const data = {
    requestId,
    handoverId,
    pool,
    reason,
    nextOpening: nextOpening === undefined ? undefined : toIso(nextOpening),
    say: draft.pool.speech.noSlotSentence(reason, draft.now, request, nextOpening),
    occurredAt: toIso(draft.now),
  };
  draft.write(draft.today, { type: 'NoSlotFound', data }, requestId);
}

/** Gives the places of a hold set back, or of some of its offers. */
export function releaseHolds(
  draft: Draft,
  set: HoldSet,
  reason: OfferReleased['reason'],
  offerIds: readonly string[] = set.offers.map(({ offerId }) => offerId),
): void {
  if (offerIds.length === 0) return;
  const { handoverId, pool } = set.terms;
  const data = { handoverId, pool, offerIds: [...offerIds], reason, occurredAt: toIso(draft.now) };
  draft.write(set.day, { type: 'OfferReleased', data }, ...offerIds);
}

/** `slots.release`: the caller wants none of the offers. Offers asked for after that was said stay. */
export function releaseSlots(draft: Draft, handoverId: string, saidAt: string): void {
  const set = draft.pool.book.holds.get(handoverId);
  if (set && !wasAskedAfter(set.terms, saidAt)) releaseHolds(draft, set, 'declined');
}

/** True if the request was made after the caller had said it: a message that comes late does not concern a newer request. */
export const wasAskedAfter = ({ requestedAt }: SlotTerms, saidAt: string): boolean =>
  requestedAt !== undefined && fromIso(requestedAt) > fromIso(saidAt);

/** Ends every hold whose time is up. Sets are looked at in the order in which they were made. */
export function expireDue(draft: Draft): void {
  for (const set of draft.pool.book.holds.values()) {
    if (set.holdUntil > draft.now) return;
    const { handoverId, pool } = set.terms;
    const offerIds = set.offers.map(({ offerId }) => offerId);
    const data = { handoverId, pool, offerIds, occurredAt: toIso(draft.now) };
    draft.write(set.day, { type: 'HoldExpired', data }, ...offerIds);
  }
}

/** When the next hold is up; undefined without holds. */
export const nextExpiry = (holds: ReadonlyMap<string, HoldSet>): Instant | undefined =>
  holds.values().next().value?.holdUntil;

/** The offer, if it is still held. */
export const liveOffer = (set: HoldSet | undefined, offerId: string) =>
  set?.offers.find((offer) => offer.offerId === offerId);

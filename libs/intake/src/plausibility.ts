import {
  type ContextAmendment,
  type ConversationReport,
  type HandoverRequest,
  type TranscriptTurn,
  type Violation,
  type Wishes,
  broken,
  namedMoment,
  pastMoment,
} from '@handover/contracts';
import { type Instant, dayMs, fromIso } from '@handover/kernel';

/** Nobody asks to be called later than this; it is beyond the longest horizon of a pool (14 days). */
const farthestWishMs = 60 * dayMs;

/** What cannot be true of a reported conversation. */
export const implausibleReport = (
  { startedAt, endedAt }: ConversationReport,
  now: Instant,
): readonly Violation[] => [
  ...broken(fromIso(endedAt) < fromIso(startedAt), 'endedAt', 'must not be before startedAt'),
  ...pastMoment('startedAt', startedAt, now),
  ...pastMoment('endedAt', endedAt, now),
];

function implausibleWishes({ notBefore, notAfter }: Wishes, now: Instant): readonly Violation[] {
  const from = notBefore === undefined ? undefined : fromIso(notBefore);
  const to = notAfter === undefined ? undefined : fromIso(notAfter);
  const farthest = now + farthestWishMs;
  return [
    ...broken(
      to !== undefined && to <= (from ?? -Infinity),
      'wishes.notAfter',
      'must be after wishes.notBefore',
    ),
    ...broken(to !== undefined && to <= now, 'wishes.notAfter', 'must not be in the past'),
    ...(from !== undefined && from > farthest
      ? [{ field: 'wishes.notBefore', rule: 'must be within 60 days' }]
      : namedMoment('wishes.notBefore', notBefore, now)),
    ...namedMoment('wishes.notAfter', notAfter, now),
  ];
}

/** What is asked for first and what is amended later; null takes a field back. */
type Context = Pick<ContextAmendment, 'sentiment' | 'attempted' | 'opportunities'> & {
  readonly personal?: { readonly transcript?: TranscriptTurn[] };
};

/**
 * Moments of the context are told to a person and decide little: a bot whose clock is wrong is not refused, a year that
 * is wrong is. An opportunity that has expired is no reason to refuse a caller either: it is a gap in the context.
 */
export const implausibleContext = (
  { sentiment, attempted, opportunities, personal }: Context,
  now: Instant,
): readonly Violation[] => [
  ...namedMoment('sentiment.observedAt', sentiment?.observedAt, now),
  ...(attempted ?? []).flatMap(({ at }, index) => namedMoment(`attempted[${index}].at`, at, now)),
  ...(personal?.transcript ?? []).flatMap(({ at }, index) =>
    namedMoment(`personal.transcript[${index}].at`, at, now),
  ),
  ...(opportunities ?? []).flatMap(({ opportunityId, expiresAt }, index, all) => [
    ...namedMoment(`opportunities[${index}].expiresAt`, expiresAt, now),
    ...broken(
      all.findIndex((other) => other.opportunityId === opportunityId) < index,
      `opportunities[${index}].opportunityId`,
      'must be unique in the list',
    ),
  ]),
];

/** What cannot be true of a request now. A `notBefore` that has passed is no fault: it wishes for nothing any more. */
export const implausibleRequest = (request: HandoverRequest, now: Instant): readonly Violation[] => [
  ...implausibleWishes(request.wishes ?? {}, now),
  ...implausibleContext(request, now),
];

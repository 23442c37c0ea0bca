import { type ConversationReport, type HandoverRequest, type Wishes } from '@handover/contracts';
import { type Instant, type Refusal, dayMs, fromIso, minuteMs } from '@handover/kernel';

/** Each field is well formed, but together, or now, they cannot be true. */
export interface Implausible extends Refusal<'implausible'> {
  readonly violations: readonly Violation[];
}

/** A field by its path, and the rule that it breaks. */
export interface Violation {
  readonly field: string;
  readonly rule: string;
}

/** How far the clocks of bots may be ahead of ours. */
export const clockSkewMs = 10 * minuteMs;

/** Nobody asks to be called later than this; it is beyond the longest horizon of a pool (14 days). */
export const farthestWishMs = 60 * dayMs;

export const implausible = (violations: readonly Violation[]): Implausible => ({
  refused: 'implausible',
  why: violations.map(({ field, rule }) => `${field} ${rule}`).join('; '),
  violations,
});

const broken = (isBroken: boolean, field: string, rule: string): readonly Violation[] =>
  isBroken ? [{ field, rule }] : [];

/** What cannot be true of a reported conversation. */
export function implausibleReport(report: ConversationReport, now: Instant): readonly Violation[] {
  const startedAt = fromIso(report.startedAt);
  const endedAt = fromIso(report.endedAt);
  return [
    ...broken(endedAt < startedAt, 'endedAt', 'must not be before startedAt'),
    ...broken(endedAt > now + clockSkewMs, 'endedAt', 'must not be in the future'),
  ];
}

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
    ...broken(from !== undefined && from > farthest, 'wishes.notBefore', 'must be within 60 days'),
  ];
}

/**
 * What cannot be true of a request now. An opportunity that has expired is no reason to refuse a caller: it is a gap
 * in the context. Nor is a `notBefore` that has passed: it wishes for nothing any more.
 */
export const implausibleRequest = (request: HandoverRequest, now: Instant): readonly Violation[] => [
  ...implausibleWishes(request.wishes ?? {}, now),
  ...(request.opportunities ?? []).flatMap(({ opportunityId }, index, all) =>
    broken(
      all.findIndex((other) => other.opportunityId === opportunityId) < index,
      `opportunities[${index}].opportunityId`,
      'must be unique in the list',
    ),
  ),
];

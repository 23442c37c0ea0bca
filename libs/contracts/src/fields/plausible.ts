import { type Instant, type Refusal, dayMs, fromIso, minuteMs } from '@handover/kernel';

// Every field is well formed; these rules say which moments can be true now. Deciders ask them, so that HTTP and topics
// have the same answer, and what is stored is never checked again.

/** A field by its path, and the rule that it breaks. */
export interface Violation {
  readonly field: string;
  readonly rule: string;
}

/** Each field is well formed, but together, or now, they cannot be true. */
export interface Implausible extends Refusal<'implausible'> {
  readonly violations: readonly Violation[];
}

export const implausible = (violations: readonly Violation[]): Implausible => ({
  refused: 'implausible',
  why: violations.map(({ field, rule }) => `${field} ${rule}`).join('; '),
  violations,
});

/** How far the clocks of integrators may be ahead of ours. */
export const clockSkewMs = 10 * minuteMs;

/** Nothing is reported or planned that is farther from now: such a year is a typing error. */
export const farthestMs = 366 * dayMs;

export const broken = (isBroken: boolean, field: string, rule: string): readonly Violation[] =>
  isBroken ? [{ field, rule }] : [];

/** A moment that anybody names, past or to come; absent ones break no rule. */
export const namedMoment = (field: string, moment: string | undefined, now: Instant): readonly Violation[] =>
  broken(
    moment !== undefined && Math.abs(fromIso(moment) - now) > farthestMs,
    field,
    'must be within a year of now',
  );

/** A moment that is said to have come already. */
export const pastMoment = (field: string, moment: string | undefined, now: Instant): readonly Violation[] =>
  moment !== undefined && fromIso(moment) > now + clockSkewMs
    ? [{ field, rule: 'must not be in the future' }]
    : namedMoment(field, moment, now);

import { type Instant, type Random, minuteMs } from '@handover/kernel';

/** A stretch of time. */
export interface Span {
  readonly from: Instant;
  readonly until: Instant;
}

/** What a caller was told. */
export interface Promised extends Span {
  /** When the caller keeps the telephone at hand; undefined if no moment was told. */
  readonly expected: Span | undefined;
}

/** Who calls, and what chance has in store: the same under every policy. */
export interface Caller {
  readonly id: string;
  readonly askedAt: Instant;
  readonly serviceMs: number;
  /** How long the caller waits in uncertainty before calling again. */
  readonly patienceMs: number;
  /** For each dial a number in [0, 1): below the caller's availability then, it is answered. */
  readonly luck: readonly number[];
}

export const dialsAtMost = 3;

export const luckOf = (random: Random): readonly number[] =>
  Array.from({ length: dialsAtMost }, () => random.next());

/** How probable it is that a caller answers. The values are assumptions, stated and varied in docs/policy-value.md. */
export interface Availability {
  /** At the moment that was promised, and right after having called. */
  readonly expecting: number;
  /** At any other time. */
  readonly otherwise: number;
  /** How fast the first becomes the second, in minutes away from that moment. */
  readonly fadesInMinutes: number;
}

/** The probability that a dial now is answered: it decays exponentially away from the nearest moment at the telephone. */
export function answers(
  { expecting, otherwise, fadesInMinutes }: Availability,
  now: Instant,
  lastContact: Instant,
  expected: Span | undefined,
): number {
  const away = Math.min(
    now - lastContact,
    expected ? Math.max(0, expected.from - now, now - expected.until) : Infinity,
  );
  return otherwise + (expecting - otherwise) * Math.exp(-away / (fadesInMinutes * minuteMs));
}

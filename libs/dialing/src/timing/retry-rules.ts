import { type AttemptOutcome } from '@handover/contracts';
import { type Instant } from '@handover/kernel';
import { type KnownCallback } from '../callback/callback.js';
import { type RetryRules, type RetryableOutcome } from '../settings.js';
import { type AllowedHours, nextAllowed } from './calling-hours.js';

const isRetryable = (outcome: AttemptOutcome): outcome is RetryableOutcome =>
  outcome === 'busy' || outcome === 'no-answer' || outcome === 'voicemail' || outcome === 'failed';

/** When the rules alone would dial; undefined if the outcome or the number of attempts forbids another one. */
function wanted(callback: KnownCallback, rules: RetryRules): Instant | undefined {
  const { last, start, end, attemptsForWindow } = callback;
  if (attemptsForWindow === 0 || !last) return start;
  if (!last.end || !isRetryable(last.end.outcome) || attemptsForWindow >= rules.maxAttempts) return undefined;
  const inside = last.end.at + rules.insideMs[last.end.outcome];
  return inside < end ? inside : Math.max(end, last.end.at + rules.afterMs[last.end.outcome]);
}

/**
 * When the next dial may begin, `now` at the earliest: the window's start, or after an attempt its spacing, moved into
 * the calling hours of the called person. Undefined if there is to be none any more. For a callback with no dial in progress.
 */
export function nextDial(
  callback: KnownCallback,
  rules: RetryRules,
  hours: AllowedHours,
  now: Instant,
): Instant | undefined {
  const at = wanted(callback, rules);
  if (at === undefined) return undefined;
  const allowed = nextAllowed(Math.max(at, now), hours);
  return allowed < callback.end + rules.lateMs ? allowed : undefined;
}

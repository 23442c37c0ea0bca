import { createHash } from 'node:crypto';
import { type DialRequest } from '@handover/dialing';

/** What becomes of a simulated call. */
export const fates = [
  'busy',
  'no-answer',
  'voicemail',
  'wrong-number',
  'declined',
  'failed',
  'person',
] as const;
export type Fate = (typeof fates)[number];

/** Probability of each fate; what is left is `person`. */
export type Odds = Readonly<Partial<Record<Exclude<Fate, 'person'>, number>>>;

type Steering = (attempt: number) => Fate;
const always =
  (fate: Fate): Steering =>
  () =>
    fate;
const firstThenPerson =
  (fate: Fate): Steering =>
  (attempt) =>
    attempt === 1 ? fate : 'person';

/** Numbers that end in these digits always fare the same, whatever the odds. */
const steered: Readonly<Record<string, Steering>> = {
  '0001': firstThenPerson('busy'),
  '0002': always('no-answer'),
  '0003': always('voicemail'),
  '0004': always('wrong-number'),
  '0005': always('declined'),
  '0006': always('failed'),
  '0007': firstThenPerson('no-answer'),
  '1000': always('person'),
};

/** A number in [0, 1) that follows from the text, and looks random. */
const share = (text: string): number => createHash('sha256').update(text).digest().readUIntBE(0, 6) / 2 ** 48;

/** The same attempt always has the same fate. */
export function fateOf({ attemptId, attempt, phoneNumber }: DialRequest, odds: Odds): Fate {
  const steering = steered[phoneNumber.slice(-4)];
  if (steering) return steering(attempt);
  let left = share(attemptId);
  for (const fate of fates) {
    if (fate === 'person') break;
    left -= odds[fate] ?? 0;
    if (left < 0) return fate;
  }
  return 'person';
}

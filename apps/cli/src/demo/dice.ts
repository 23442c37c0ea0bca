import { idFrom } from '@handover/kernel';

/** Chance that follows from names alone: the same demo is the same play every time. */
export interface Dice {
  /** A number in [0, 1). */
  share(what: string): number;
  /** True with this probability. */
  happens(what: string, probability: number): boolean;
  /** One of several. */
  one<Value>(what: string, of: readonly [Value, ...Value[]]): Value;
}

/** Dice of one call. */
export function diceOf(callId: string): Dice {
  const share = (what: string): number =>
    Number.parseInt(idFrom('demo', callId, what).slice(0, 8), 16) / 2 ** 32;
  return {
    share,
    happens: (what, probability) => share(what) < probability,
    one: (what, of) => of[Math.floor(share(what) * of.length)] ?? of[0],
  };
}

import { type Telephony } from '@handover/dialing';
import { type Clock, secondMs } from '@handover/kernel';
import { ConfigError } from '@handover/platform';
import { type Odds, fates } from './fate.js';
import { Simulator } from './simulator.js';

/** Injection token of `Telephony`. */
export const TELEPHONY = Symbol('Telephony');

const usualRingSeconds = 6;

const refuse = (why: string): ConfigError => new ConfigError(`HANDOVER_TELEPHONY ${why}.`);

/**
 * The telephone system that a URL names: `simulator:?busy=0.1&no-answer=0.2&ring-seconds=6`.
 * @throws ConfigError if it names none, or an option breaks its rule
 */
export function openTelephony(url: string, clock: Clock): Telephony {
  const [, query] = /^simulator:(?:\?(.*))?$/.exec(url) ?? [];
  if (!url.startsWith('simulator:')) throw refuse('names no telephony adapter; there is simulator:');
  const { 'ring-seconds': ringSeconds = usualRingSeconds, ...odds } = readOptions(query ?? '');
  const total = Object.values(odds).reduce((sum, each) => sum + each, 0);
  if (total > 1) throw refuse('gives outcomes with more than 1 in sum');
  return new Simulator(clock, { odds, ringMs: ringSeconds * secondMs });
}

function readOptions(query: string): Odds & { readonly 'ring-seconds'?: number } {
  const options = [...new URLSearchParams(query)].map(([name, text]): [string, number] => {
    const value = Number(text);
    const isOdds = fates.some((fate) => fate === name && fate !== 'person');
    if (!isOdds && name !== 'ring-seconds') throw refuse(`has an option "${name}" that nobody knows`);
    if (!text || !(value >= 0 && value <= (isOdds ? 1 : 600)))
      throw refuse(`${name} must be from 0 to ${isOdds ? 1 : 600}`);
    return [name, value];
  });
  return Object.fromEntries(options);
}

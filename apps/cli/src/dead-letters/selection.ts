import { type Bus, type DeadLetterQueue, listParked, type ParkedKey } from '@handover/platform/access';
import { Refused, WrongUsage } from '../faults.js';
import { print } from '../terminal/print.js';
import { nameOf } from './queues.js';

/** Which keys are meant, by whom, and why: what redrive and discard have in common. */
export interface Selecting {
  readonly key?: readonly string[];
  readonly partition?: number;
  readonly all?: boolean;
  readonly why: string;
  readonly by: string;
  readonly dryRun?: boolean;
}

/**
 * The parked keys that are meant.
 * @throws WrongUsage if it is not said which; Refused if one of them has nothing parked
 */
export async function selected(
  bus: Bus,
  queue: DeadLetterQueue,
  { key: keys, partition, all }: Selecting,
): Promise<readonly ParkedKey[]> {
  if ((keys === undefined) === !all)
    throw new WrongUsage('Say which keys: --key <key> (or several), or --all.');
  const parked = (await listParked(bus, queue)).filter(
    (each) => partition === undefined || each.partition === partition,
  );
  const chosen = all ? parked : parked.filter((each) => keys?.includes(each.key));
  const missing = keys?.find((key) => !chosen.some((each) => each.key === key));
  if (missing !== undefined) throw new Refused(`Nothing of key "${missing}" is parked in ${nameOf(queue)}.`);
  return chosen;
}

/** Says what was chosen: `billing (partition 2): 3 letters`. */
export function printChosen(chosen: readonly ParkedKey[], verb: string): void {
  if (chosen.length === 0) print('Nothing is parked.');
  for (const { key, partition, letters } of chosen)
    print(`${verb} ${shown(key)} (partition ${partition}): ${letters.size} letter(s)`);
}

/** A message may have no key. */
export const shown = (key: string): string => (key === '' ? '(no key)' : key);

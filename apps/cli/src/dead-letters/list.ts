import { toIso } from '@handover/kernel';
import { type DeadLetterQueue, listParked, type ParkedKey } from '@handover/platform/access';
import { withBus } from '../access/open-bus.js';
import { settings } from '../access/settings.js';
import { print, printJson } from '../terminal/print.js';
import { table } from '../terminal/table.js';
import { nameOf, queuesOf } from './queues.js';
import { shown } from './selection.js';

interface Options {
  readonly queue?: string;
  readonly json?: boolean;
}

interface Row {
  readonly partition: number;
  readonly key: string;
  readonly letters: number;
  /** Offset in the queue of the letter that the others wait behind. */
  readonly first: number;
  readonly since: string;
  readonly reason: string;
  readonly redriving: boolean;
}

function rowOf({ partition, key, letters, redrive }: ParkedKey): Row {
  const all = [...letters.values()];
  const [first] = all;
  const fault = all.find((letter) => letter.fault)?.fault;
  return {
    partition,
    key,
    letters: all.length,
    first: first?.offset ?? -1,
    since: toIso(first?.since ?? 0),
    reason: fault ? `${fault.errorClass}: ${fault.reason}` : 'unknown',
    redriving: redrive !== undefined,
  };
}

/** Prints every key with parked messages, queue by queue. */
export const listLetters = ({ queue, json }: Options): Promise<void> =>
  withBus(settings(), async (bus) => {
    const found: { readonly queue: DeadLetterQueue; readonly keys: readonly Row[] }[] = [];
    for (const each of await queuesOf(bus, queue))
      found.push({ queue: each, keys: (await listParked(bus, each)).map(rowOf) });
    if (json) return printJson(found.map((each) => ({ queue: nameOf(each.queue), keys: each.keys })));
    const waiting = found.filter(({ keys }) => keys.length > 0);
    if (waiting.length === 0) return print('Nothing is parked.');
    for (const [at, { queue: of, keys }] of waiting.entries()) {
      if (at > 0) print();
      print(nameOf(of));
      for (const line of linesOf(keys)) print(`  ${line}`);
    }
  });

const linesOf = (keys: readonly Row[]): string[] =>
  table(
    ['PARTITION', 'KEY', 'LETTERS', 'FIRST AT OFFSET', 'SINCE', 'WHY'],
    keys.map(({ partition, key, letters, first, since, reason, redriving }) => [
      partition,
      shown(key),
      letters,
      first,
      since,
      redriving ? `${reason} (redrive asked for)` : reason,
    ]),
  );

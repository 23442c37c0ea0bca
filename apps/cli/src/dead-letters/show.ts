import { toIso } from '@handover/kernel';
import { type DeadLetter, showDeadLetter } from '@handover/platform/access';
import { withBus } from '../access/open-bus.js';
import { settings } from '../access/settings.js';
import { Refused } from '../faults.js';
import { print, printJson } from '../terminal/print.js';
import { queueOf } from './queues.js';
import { shown } from './selection.js';

interface Options {
  readonly personal?: boolean;
  readonly json?: boolean;
}

/** Prints one dead letter. What identifies a caller is left out unless asked for. */
export const showLetter = (
  name: string,
  partition: number,
  offset: number,
  { personal = false, json }: Options,
): Promise<void> =>
  withBus(settings(), async (bus) => {
    const letter = await showDeadLetter(bus, await queueOf(bus, name), partition, offset);
    if (!letter) throw new Refused(`${name} has no dead letter at partition ${partition}, offset ${offset}.`);
    const { attempts, errorClass, reason, original } = letter;
    const data = dataOf(letter, personal);
    if (json) {
      const { topic, key, headers, timestamp, offset: from } = original;
      return printJson({
        topic,
        partition,
        offset: from,
        key,
        headers,
        timestamp,
        attempts,
        errorClass,
        reason,
        data,
      });
    }
    print(`why        ${errorClass}: ${reason}`);
    print(`attempts   ${attempts}`);
    print(`from       ${original.topic}, partition ${original.partition}, offset ${original.offset}`);
    print(`key        ${shown(original.key)}`);
    print(`parked     ${toIso(original.timestamp)}`);
    for (const [header, value] of Object.entries(original.headers)) print(`header     ${header}: ${value}`);
    print(`data       ${typeof data === 'string' ? data : JSON.stringify(data, undefined, 2)}`);
  });

const hidden = '(hidden; --personal shows it)';

/** The value as JSON without its personal part. What is no JSON may hold anything, so only its size is told. */
function dataOf({ original: { value } }: DeadLetter, personal: boolean): unknown {
  if (value === null) return 'none: a tombstone';
  const text = value.toString('utf8');
  try {
    const data: unknown = JSON.parse(text);
    if (personal || typeof data !== 'object' || data === null || !('personal' in data)) return data;
    return { ...data, personal: hidden };
  } catch {
    return personal ? text : `${value.length} bytes that are no JSON ${hidden}`;
  }
}

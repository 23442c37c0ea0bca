import { setTimeout as wait } from 'node:timers/promises';
import {
  type AuditEntry,
  auditTrail,
  type Bus,
  type DeadLetterQueue,
  redriveKeys,
  type ParkedKey,
} from '@handover/platform/access';
import { withBus } from '../access/open-bus.js';
import { settings } from '../access/settings.js';
import { exitCodes } from '../faults.js';
import { print } from '../terminal/print.js';
import { progressBar } from '../terminal/progress.js';
import { queueOf } from './queues.js';
import { printChosen, selected, type Selecting, shown } from './selection.js';

interface Options extends Selecting {
  /** Seconds. */
  readonly wait: number;
}

const pollMs = 500;

/** Asks for a redrive and follows it. */
export const redrive = (name: string, options: Options): Promise<void> =>
  withBus(settings(), async (bus) => {
    const queue = await queueOf(bus, name);
    const chosen = await selected(bus, queue, options);
    if (options.dryRun || chosen.length === 0) return printChosen(chosen, 'Would redrive');
    const { by, why } = options;
    await redriveKeys(bus, queue, chosen, { by, why });
    const answers = await follow(bus, queue, chosen, Date.now() + options.wait * 1_000);
    for (const parked of chosen) print(outcomeOf(parked, answers.get(idOf(parked))));
    if (chosen.some((parked) => answers.get(idOf(parked))?.action !== 'redriven'))
      process.exitCode = exitCodes.failed;
  });

const idOf = ({ partition, key }: Pick<ParkedKey, 'partition' | 'key'>): string => `${partition} ${key}`;

/** Waits until each key's redrive is answered, or until the deadline. */
async function follow(
  bus: Bus,
  queue: DeadLetterQueue,
  chosen: readonly ParkedKey[],
  deadline: number,
): Promise<ReadonlyMap<string, AuditEntry>> {
  const bar = progressBar();
  try {
    for (;;) {
      const answers = await answersIn(auditTrail(bus, queue));
      const done = chosen.filter((parked) => answers.has(idOf(parked))).length;
      bar.show(done / chosen.length, `${done} of ${chosen.length} keys`);
      if (done === chosen.length || Date.now() >= deadline) return answers;
      await wait(pollMs);
    }
  } finally {
    bar.end();
  }
}

/** The answer to the last redrive that was asked for, by key; absent while there is none. */
async function answersIn(trail: AsyncIterable<AuditEntry>): Promise<ReadonlyMap<string, AuditEntry>> {
  const asked = new Map<string, number>();
  const answers = new Map<string, AuditEntry>();
  for await (const entry of trail) {
    const id = idOf(entry);
    if (entry.action === 'redrive') {
      asked.set(id, entry.offset);
      answers.delete(id);
    } else if (entry.request !== undefined && entry.request === asked.get(id)) answers.set(id, entry);
  }
  return answers;
}

function outcomeOf({ key, partition, letters }: ParkedKey, answer: AuditEntry | undefined): string {
  const what = `${shown(key)} (partition ${partition})`;
  if (!answer)
    return `${what}: asked for; no consumer of the group has answered yet. It will when it runs: see \`handover dlq audit\`.`;
  if (answer.action === 'redriven') return `${what}: ${letters.size} letter(s) handled; the key flows again.`;
  return `${what}: FAILED AGAIN, the key stays parked: ${answer.why ?? 'unknown'}`;
}

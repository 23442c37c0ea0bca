import { type Bus } from '../port.js';
import { type Attempt } from './dead-letters.js';
import { noteMessage, originalOf, reasonOf, type Note } from './letter.js';
import { type LedgerWatch } from './watch.js';

export interface RedriveTask {
  readonly bus: Bus;
  readonly watch: LedgerWatch;
  /** The dead-letter topic. */
  readonly topic: string;
  readonly partition: number;
  readonly key: string;
  /** Named in the notes. */
  readonly by: string;
  readonly attempt: Attempt;
}

/**
 * Handles the letters of a key in order, if a redrive is asked for, then notes in the topic how it ended.
 * It must run in the key's turn: then no later message of the key is handled, or parks, meanwhile. The returned
 * function may be called again after it rejected: it goes on behind the last letter that was handled.
 */
export function redrive({ bus, watch, topic, partition, key, by, attempt }: RedriveTask) {
  let through = -1;

  /** Publishes how the redrive ended, and waits until this process knows it too. */
  const end = async (note: Omit<Note, 'by'> & { request: number }, signal: AbortSignal): Promise<void> => {
    await bus.publish([noteMessage(topic, partition, key, { ...note, through, by })]);
    const isKnown = (): boolean => {
      const parked = watch.ledger.get(partition, key);
      return !parked || (parked.answered ?? -1) >= note.request;
    };
    await watch.until(isKnown, signal);
  };

  return async (signal: AbortSignal): Promise<void> => {
    const parked = watch.ledger.get(partition, key);
    const request = parked?.redrive;
    if (!parked || request === undefined) return;
    const wanted = [...parked.letters.values()]
      .map(({ offset }) => offset)
      .filter((offset) => offset > through);
    const range = { partition, from: String(wanted[0]), to: String(wanted.at(-1)) };
    const offsets = new Set(wanted);
    for await (const letter of wanted.length > 0 ? bus.browse(topic, range) : []) {
      if (!offsets.has(Number(letter.offset))) continue;
      const outcome = await attempt(originalOf(letter), signal);
      if ('abandoned' in outcome) return;
      if ('failed' in outcome)
        return end({ action: 'redrive-failed', request, why: reasonOf(outcome.failed).reason }, signal);
      through = Number(letter.offset);
    }
    await end({ action: 'redriven', request }, signal);
  };
}

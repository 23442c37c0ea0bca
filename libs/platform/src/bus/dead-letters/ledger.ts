import { type LoggedMessage } from '../port.js';
import { type Note, noteOf } from './letter.js';

/** One message that waits in a dead-letter topic. */
export interface Letter {
  /** Its offset in the dead-letter topic. */
  readonly offset: number;
  /** Its offset in the topic it came from. */
  readonly source: number;
  /** When it was parked, ms since 1970. */
  readonly since: number;
  /** Absent if it only waits behind another letter of its key. */
  readonly fault?: { readonly errorClass: string; readonly reason: string };
}

/** A key with letters: later messages of it park behind them. */
export interface ParkedKey {
  readonly partition: number;
  readonly key: string;
  /** By their source offset, oldest first. */
  readonly letters: ReadonlyMap<number, Letter>;
  /** Offset of the redrive that is asked for and not yet answered. */
  readonly redrive?: number;
  /** Offset of the last redrive that was answered. */
  readonly answered?: number;
}

function letterOf({ offset, timestamp, headers }: LoggedMessage): Letter {
  const errorClass = headers['dlq-error-class'] ?? 'unknown';
  const reason = headers['dlq-reason'] ?? 'unknown';
  return {
    offset: Number(offset),
    source: Number(headers['dlq-offset'] ?? -1),
    since: timestamp,
    ...(errorClass !== 'Parked' && { fault: { errorClass, reason } }),
  };
}

interface Entry extends ParkedKey {
  readonly letters: Map<number, Letter>;
  redrive?: number;
  answered?: number;
}

/** What is parked, folded from a dead-letter topic: the topic is the only place where this is stored. */
export class Ledger {
  private readonly keys = new Map<string, Entry>();

  get(partition: number, key: string): ParkedKey | undefined {
    return this.keys.get(`${partition} ${key}`);
  }

  all(): readonly ParkedKey[] {
    return [...this.keys.values()];
  }

  fold(record: LoggedMessage): void {
    const { partition, key } = record;
    const name = `${partition} ${key}`;
    const entry = this.keys.get(name) ?? { partition, key, letters: new Map<number, Letter>() };
    const note = noteOf(record);
    if (note) apply(entry, note, Number(record.offset));
    else add(entry, letterOf(record));
    if (entry.letters.size > 0) this.keys.set(name, entry);
    else this.keys.delete(name);
  }
}

/** A crash between dead letter and commit may have parked a message twice: the first counts. */
function add(entry: Entry, letter: Letter): void {
  if (!entry.letters.has(letter.source)) entry.letters.set(letter.source, letter);
}

function apply(entry: Entry, { action, through = -1, request = -1 }: Note, offset: number): void {
  if (action === 'redrive') {
    entry.redrive = offset;
    return;
  }
  for (const [source, letter] of entry.letters) if (letter.offset <= through) entry.letters.delete(source);
  if (action === 'discarded') return;
  entry.answered = request;
  if (entry.redrive === request) delete entry.redrive;
}

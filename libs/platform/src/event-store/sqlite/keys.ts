import { type IncomingEvent } from '../incoming.js';
import { type EventRows } from './rows.js';

/** Keys of ids and correlations look alike: whoever looks one up compares the text of the event itself. */
export const keyTables = ['recent_keys', 'keys'] as const;

/**
 * FNV-1a, 32 bits with a sign: SQLite keeps such a number in four bytes. Of ten million events two in a thousand share
 * a key with another, which costs a look at a row too many and nothing else.
 */
export function keyOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return hash | 0;
}

/** Keys that are kept apart: a quarter of a megabyte, of which each commit changes pages that it changes anyway. */
const recentAtMost = 16_000;
/** Events between two looks at how many they are. */
const lookEvery = 512;

/** Before the first key. */
const begin = { key: -(2 ** 31) - 1, position: 0 };
/** After the last one. */
const end = { key: 2 ** 31, position: 0 };

const range = 'FROM recent_keys WHERE (key, position) > (?, ?) AND (key, position) <= (?, ?)';

/**
 * The index of ids and correlations. Both are random, so an index would change a page for each; written first to a small
 * table and moved from there in the order of keys, many together change one page of the large one. What is moved goes
 * round through all keys, so each commit moves about as much as it adds, and none waits for a great clear-out.
 */
export class EventKeys {
  private added = 0;
  private moved = begin;

  constructor(private readonly rows: EventRows) {}

  /** Inside the transaction in which the events were written, at positions that follow each other from `first`. */
  add(events: readonly Pick<IncomingEvent, 'id' | 'correlationId'>[], first: number): void {
    const keys = events.flatMap(({ id, correlationId }) => [keyOf(id), keyOf(correlationId)]);
    this.rows
      .prepared('INSERT OR IGNORE INTO recent_keys SELECT value, ? + key / 2 FROM json_each(?)')
      .run(first, JSON.stringify(keys));
    this.added += events.length;
    if (this.added < lookEvery) return;
    this.added = 0;
    this.move();
  }

  /** Other processes may have added and moved too: what counts is how many there are. */
  private move(): void {
    const tooMany = this.count() - recentAtMost;
    if (tooMany <= 0) return;
    const from = this.moved;
    const to = this.after(from, tooMany) ?? end;
    const bounds = [from.key, from.position, to.key, to.position];
    this.rows.prepared(`INSERT OR IGNORE INTO keys SELECT key, position ${range}`).run(...bounds);
    this.rows.prepared(`DELETE ${range}`).run(...bounds);
    this.moved = to === end ? begin : to;
  }

  private count(): number {
    return Number(this.rows.prepared('SELECT count(*) AS found FROM recent_keys').get()?.found);
  }

  /** The key that stands so many after another. */
  private after({ key, position }: typeof begin, count: number): typeof begin | undefined {
    const row = this.rows
      .prepared(
        'SELECT key, position FROM recent_keys WHERE (key, position) > (?, ?) ORDER BY key, position LIMIT 1 OFFSET ?',
      )
      .get(key, position, count - 1);
    return row && { key: Number(row.key), position: Number(row.position) };
  }
}

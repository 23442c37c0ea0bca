import { existsSync, readFileSync } from 'node:fs';

/**
 * What an owner's process writes down about its appends to the slot books, line by line, at once: kill -9 loses at most
 * the line about the append in hand.
 */
export type DiaryLine =
  /** It puts itself to sleep, with a decision that is not appended yet. */
  | { readonly did: 'asleep'; readonly stream: string; readonly epoch: number }
  /** A decision was stored, under the epoch in which this process last opened the book. */
  | {
      readonly did: 'stored';
      readonly stream: string;
      readonly epoch: number;
      readonly ids: readonly string[];
    }
  /** The store did not take a decision: the book is not as this process left it. */
  | { readonly did: 'refused'; readonly stream: string; readonly epoch: number };

export const readDiary = (file: string): readonly DiaryLine[] =>
  existsSync(file)
    ? readFileSync(file, 'utf8')
        .split('\n')
        .filter((line) => line.endsWith('}'))
        .map((line) => JSON.parse(line) as DiaryLine)
    : [];

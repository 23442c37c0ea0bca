import { type LanguageTable } from '../language.js';
import { english } from './en.js';
import { german } from './de.js';

const byTag: ReadonlyMap<string, LanguageTable> = new Map(
  [english, german].map((table) => [table.tag, table]),
);

/** Every language that callers can be spoken to in. To add one: write its table beside these, and name it here. */
export const tables = { english, tags: [...byTag.keys()], get: (tag: string) => byTag.get(tag) } as const;

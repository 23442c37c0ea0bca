import { existsSync } from 'node:fs';
import { type Config, type EventStore, openEventStore, systemClock } from '@handover/platform/access';
import { Refused, WrongUsage } from '../faults.js';

/** The file of an SQLite store. @throws WrongUsage if the URL names another kind of store */
export function sqliteFile(url: string, why: string): string {
  if (!url.startsWith('sqlite:')) throw new WrongUsage(`${why} Name an SQLite store: --store sqlite:<file>.`);
  return url.slice('sqlite:'.length);
}

/**
 * Opens an event store that is there. Nothing is created.
 * @throws Refused if there is none, or if it is another process's memory
 */
export async function openStore(url: string): Promise<EventStore> {
  if (url.startsWith('memory:'))
    throw new Refused('A store in memory can be read by its own process only (memory:).');
  const file = url.startsWith('sqlite:') ? sqliteFile(url, '') : undefined;
  if (file !== undefined && !existsSync(file)) throw new Refused(noStore(file));
  return openEventStore(url, systemClock());
}

export const noStore = (file: string): string =>
  `There is no event store at ${file}. Set HANDOVER_DATA or HANDOVER_STORE as for the services.`;

/** Runs `work` on the configured store, and closes it. */
export async function withStore<Answer>(
  config: Pick<Config, 'store'>,
  work: (store: EventStore) => Promise<Answer>,
): Promise<Answer> {
  const store = await openStore(config.store);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

import { accessSync, constants } from 'node:fs';
import { type Config, type EventStore, openEventStore, systemClock } from '@handover/platform/access';
import { Refused, WrongUsage } from '../faults.js';
import { osUser, settings } from './settings.js';

/** The file of an SQLite store. @throws WrongUsage if the URL names another kind of store */
export function sqliteFile(url: string, why: string): string {
  if (!url.startsWith('sqlite:')) throw new WrongUsage(`${why} Name an SQLite store: --store sqlite:<file>.`);
  return url.slice('sqlite:'.length);
}

/** What a command does with a store; what only reads may read a file that this user cannot write. */
type Access = 'read' | 'write';

/**
 * Opens an event store that is there. Nothing is created.
 * @throws Refused if there is none, or if it is another process's memory
 */
export async function openStore(url: string, access: Access): Promise<EventStore> {
  if (url.startsWith('memory:'))
    throw new Refused('A store in memory can be read by its own process only (memory:).');
  if (url.startsWith('sqlite:')) mustBeThere(sqliteFile(url, ''));
  return opened(url, access);
}

/** Opens an event store; an SQLite file that is not there is created. @throws WrongUsage if the URL names none */
export const openOrCreateStore = (url: string): Promise<EventStore> => opened(url, 'write');

async function opened(url: string, access: Access): Promise<EventStore> {
  try {
    return await openEventStore(url, systemClock(), { readOnly: access === 'read' });
  } catch (fault) {
    throw fault instanceof RangeError ? new WrongUsage(fault.message) : fault;
  }
}

/** @throws Refused if there is no such file, or this user may not see it */
export function mustBeThere(file: string): void {
  try {
    accessSync(file, constants.R_OK);
  } catch (fault) {
    const code = fault instanceof Error && 'code' in fault ? String(fault.code) : 'unknown';
    throw new Refused(
      code === 'ENOENT'
        ? `There is no event store at ${file}${isConfigured(file) ? ': set HANDOVER_DATA or HANDOVER_STORE as for the services' : ''}.`
        : `The event store ${file} cannot be read by ${osUser()}: ${code}.`,
    );
  }
}

/** True if the file follows from the environment, and not from the command line alone. */
const isConfigured = (file: string): boolean => settings().store === `sqlite:${file}`;

/** Runs `work` on the configured store, and closes it. */
export async function withStore<Answer>(
  config: Pick<Config, 'store'>,
  access: Access,
  work: (store: EventStore) => Promise<Answer>,
): Promise<Answer> {
  const store = await openStore(config.store, access);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

import { type Clock } from '@handover/kernel';
import { esdbEventStore } from './esdb/store.js';
import { memoryEventStore } from './memory.js';
import { type EventStore } from './port.js';
import { sqliteEventStore } from './sqlite/store.js';

/**
 * The event store that a URL names: `sqlite:<file>`, `esdb://…`, `esdb+discover://…` or `memory:`.
 * @param options `readOnly`: an SQLite file is only read, so it may lie on a read-only disk
 * @throws RangeError if the URL names none
 * @throws StoreUnavailable if it cannot be opened
 */
export async function openEventStore(
  url: string,
  clock: Clock,
  { readOnly = false }: { readonly readOnly?: boolean } = {},
): Promise<EventStore> {
  const scheme = url.slice(0, url.indexOf(':'));
  const rest = url.slice(scheme.length + 1);
  switch (scheme) {
    case 'memory':
      return memoryEventStore(clock);
    case 'sqlite':
      if (rest === '')
        throw new RangeError(`"${url}" names no file: sqlite:<file>, as sqlite:./data/handover.db.`);
      return sqliteEventStore({ file: rest, clock, readOnly });
    case 'esdb':
    case 'esdb+discover':
      return esdbEventStore({ url, clock });
    default:
      // Of an address only the scheme is told: the rest may hold a password.
      throw new RangeError(
        `"${url.includes(':') ? `${scheme}:` : url}" is no event store: use sqlite:<file>, esdb://… or memory:.`,
      );
  }
}

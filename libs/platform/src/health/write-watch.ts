import { StoreUnavailable } from '../event-store/faults.js';
import { type EventStore } from '../event-store/port.js';

/** Whether a store takes what a service writes: a full disk is read as before, and takes nothing. */
export interface WriteWatch {
  /** The store, watched. */
  readonly store: EventStore;
  /** Why the last write failed; undefined if it did not, or writes succeed again. */
  fault(): string | undefined;
  /** Writes that the store did not take. */
  failures(): number;
}

type Kind = 'append' | 'register';

/**
 * After an append failed, a register that can be written proves nothing for so long: the relay writes a small one each
 * second, which may fit on a disk where no event does. After that it counts as a proof, because without requests, which a
 * service that is down does not get, nothing would try an append again.
 */
const appendFaultMs = 10_000;

/** Watches the writes to a store. @param now milliseconds of a clock that nobody sets */
export function watchWrites(store: EventStore, now: () => number): WriteWatch {
  let last: { readonly kind: Kind; readonly at: number; readonly reason: string } | undefined;
  let failures = 0;
  const done = (kind: Kind): void => {
    if (last && (kind === 'append' || last.kind === kind || now() - last.at >= appendFaultMs))
      last = undefined;
  };
  const failed = (kind: Kind, { name, reason = name }: StoreUnavailable): void => {
    failures += 1;
    if (kind === 'append' || last?.kind !== 'append') last = { kind, at: now(), reason };
  };
  const watched =
    <Args extends unknown[], Answer>(kind: Kind, write: (...args: Args) => Promise<Answer>) =>
    async (...args: Args): Promise<Answer> => {
      try {
        const answer = await write(...args);
        done(kind);
        return answer;
      } catch (fault) {
        if (fault instanceof StoreUnavailable) failed(kind, fault);
        throw fault;
      }
    };
  return {
    store: {
      append: watched('append', (...args) => store.append(...args)),
      writeRegister: watched('register', (...args) => store.writeRegister(...args)),
      readRegister: (name) => store.readRegister(name),
      readStream: (stream, options) => store.readStream(stream, options),
      readAll: (options) => store.readAll(options),
      readCorrelation: (correlationId) => store.readCorrelation(correlationId),
      subscribe: (options) => store.subscribe(options),
      head: () => store.head(),
      close: () => store.close(),
    },
    fault: () => last?.reason,
    failures: () => failures,
  };
}

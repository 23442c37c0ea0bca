import { type EventStore, type Position } from '../event-store/port.js';
import { subscribeInBatches } from '../subscription/batches.js';
import { type Projection } from './port.js';
import { type ViewFile } from './view-file.js';

const eventsPerBatch = 500;

export interface FoldOptions {
  readonly store: EventStore;
  readonly filter: Projection['filter'];
  /** Last position to fold in; undefined or null: none. */
  readonly upTo: Position | null | undefined;
  readonly signal: AbortSignal;
  readonly onProgress?: () => void;
}

/**
 * Folds the log into a file that nobody else folds into, from its checkpoint on. Resolves at `upTo`, or
 * when level with the log.
 * @throws FoldFault at an event that the fold cannot take; the signal's reason when it fires
 */
export async function foldLog(file: ViewFile, options: FoldOptions): Promise<void> {
  const { store, filter, upTo, signal, onProgress } = options;
  const { position } = file.checkpoint();
  signal.throwIfAborted();
  if (!upTo || (position ?? '') >= upTo) return;
  const over = Promise.withResolvers<void>();
  const reading = subscribeInBatches(store, {
    ...(position !== null && { after: position }),
    filter,
    most: eventsPerBatch,
    onBatch: async (events) => {
      const batch = events.filter((event) => event.position <= upTo);
      if (batch.length > 0) file.apply(batch);
      onProgress?.();
      if (batch.length < events.length || events.at(-1)?.position === upTo) over.resolve();
    },
    onCaughtUp: over.resolve,
  });
  const abort = (): void => over.reject(signal.reason);
  signal.addEventListener('abort', abort);
  try {
    await Promise.race([over.promise, reading.done]);
  } finally {
    signal.removeEventListener('abort', abort);
    await reading.stop();
  }
}

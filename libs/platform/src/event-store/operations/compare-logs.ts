import { type EventStore, type Position, type StoredEvent } from '../port.js';
import { CopyMismatch } from './copy-mismatch.js';
import { emptyLogHash, hashed, type LogHash } from './log-hash.js';

/** How far two logs were found the same: so many events, and where the last of them stands in each. */
export interface SamePart extends LogHash {
  readonly source?: Position;
  readonly target?: Position;
}

/** No event compared yet. */
export const nothingCompared: SamePart = emptyLogHash;

/**
 * Compares two logs event by event after the part that is known to be the same, up to the end of the target: the source
 * may go on, and grow. Both are read; nothing is taken from notes of an earlier run.
 * @throws CopyMismatch that names the first event of the target that the source does not have at its place
 */
export async function compareLogs(
  from: EventStore,
  to: EventStore,
  known: SamePart,
  onCompared: (same: SamePart) => void,
): Promise<SamePart> {
  let same = known;
  const originals = from.readAll({ after: known.source })[Symbol.asyncIterator]();
  try {
    for await (const copy of to.readAll({ after: known.target })) {
      const { value: original } = (await originals.next()) as { value?: StoredEvent };
      same = { ...extended(same, original, copy), source: original?.position, target: copy.position };
      onCompared(same);
    }
  } finally {
    await originals.return?.();
  }
  return same;
}

function extended(same: LogHash, original: StoredEvent | undefined, copy: StoredEvent): LogHash {
  const place = same.events + 1;
  if (!original)
    throw new CopyMismatch(
      `The source ends after ${same.events} events; event ${place} of the target is ${nameOf(copy)}.`,
    );
  const next = hashed(same, copy);
  if (hashed(same, original).hash === next.hash) return next;
  throw new CopyMismatch(
    nameOf(original) === nameOf(copy)
      ? `Event ${place} differs in its content: ${nameOf(copy)}.`
      : `Event ${place} differs: ${nameOf(original)} in the source, ${nameOf(copy)} in the target.`,
  );
}

const nameOf = ({ type, id, stream, revision }: StoredEvent): string =>
  `${type} ${id} (${stream}@${revision})`;

import { RevisionConflict } from './faults.js';
import {
  type AppendResult,
  type ExpectedRevision,
  type Position,
  type Revision,
  type StreamName,
} from './port.js';

/** Where a stored event stands. */
export interface Place {
  readonly revision: Revision;
  readonly position: Position;
}

/** An append as the concurrency rule sees it. */
export interface AppendAttempt {
  readonly stream: StreamName;
  readonly ids: readonly string[];
  readonly expected: ExpectedRevision;
  /** Revision of the stream's last event now. */
  readonly actual: Revision | 'none';
  /** Where the event with this id stands in the stream, if it is there. */
  find(id: string): Place | undefined;
}

/**
 * The rule of optimistic concurrency, the same for every store that applies it in this process.
 * @returns the first result if all ids are stored already, undefined if the events are to be written
 * @throws RevisionConflict if they must not be
 */
export function checkAppend({
  stream,
  ids,
  expected,
  actual,
  find,
}: AppendAttempt): AppendResult | undefined {
  const places = ids.map(find).filter((place) => place !== undefined);
  const last = places.at(-1);
  if (last && places.length === ids.length)
    return { revision: last.revision, position: last.position, repeated: true };
  const partlyStored = places.length > 0;
  if (partlyStored || (expected !== 'any' && expected !== actual))
    throw new RevisionConflict(stream, expected, actual);
  return undefined;
}

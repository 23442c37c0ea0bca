import { RevisionConflict } from '../faults.js';
import { type EventStore, type Position, type StoredEvent } from '../port.js';
import { batches } from './batches.js';
import { copyCheckpoints } from './checkpoints.js';
import { compareLogs, nothingCompared, type SamePart } from './compare-logs.js';
import { CopyMismatch } from './copy-mismatch.js';
import { type LogHash } from './log-hash.js';

export interface CopyProgress {
  readonly phase: 'copying' | 'verifying';
  /** Events copied or verified so far, those of earlier, interrupted runs included. */
  readonly events: number;
  /** Share of the phase that is done, 0 to 1; an estimate. */
  readonly share: number;
}

export interface CopyOptions {
  readonly onProgress?: (progress: CopyProgress) => void;
  /** Registers that hold a position of the source (leases of relays): they get the same place in the target. */
  readonly checkpoints?: readonly string[];
}

const eventsPerReport = 1_000;

/**
 * Copies a whole log into another store, in log order. What the target holds is compared with the source first, event by
 * event, and what was copied afterwards: the answer is the hash of all that both hold. It may be interrupted anywhere and
 * called again; called once more after the services have stopped, it brings over what came meanwhile.
 * @throws CopyMismatch if the target holds what the source does not; nothing is written then
 */
export async function copyStore(
  from: EventStore,
  to: EventStore,
  options: CopyOptions = {},
): Promise<LogHash> {
  const { onProgress = () => undefined, checkpoints = [] } = options;
  const head = (await from.head()) ?? '0';
  const verified = ({ events, source = '0' }: SamePart): void => {
    if (events % eventsPerReport === 0)
      onProgress({ phase: 'verifying', events, share: shareOf(source, head) });
  };
  const before = await compareLogs(from, to, nothingCompared, verified);
  const copied = await copyEvents(from, to, before, ({ events, position }) =>
    onProgress({ phase: 'copying', events, share: shareOf(position, head) }),
  );
  const { events, hash } = await compareLogs(from, to, before, verified);
  if (events !== copied)
    throw new CopyMismatch(`${copied} events were copied, but the target holds ${events}.`);
  onProgress({ phase: 'verifying', events, share: 1 });
  await copyCheckpoints(from, to, checkpoints);
  return { events, hash };
}

/** @returns how many events the target must hold now */
async function copyEvents(
  from: EventStore,
  to: EventStore,
  { events, source }: SamePart,
  onCopied: (last: { readonly events: number; readonly position: Position }) => void,
): Promise<number> {
  let copied = events;
  for await (const batch of batches(from.readAll({ after: source }))) {
    const position = await appendSame(to, batch);
    copied += batch.length;
    onCopied({ events: copied, position });
  }
  return copied;
}

/** Appends a batch at its own revisions. @returns the source's position of its last event */
async function appendSame(
  to: EventStore,
  [first, ...rest]: readonly [StoredEvent, ...StoredEvent[]],
): Promise<Position> {
  const expected = first.revision === 0 ? 'none' : first.revision - 1;
  try {
    await to.append(first.stream, [first, ...rest], expected);
  } catch (fault) {
    if (!(fault instanceof RevisionConflict)) throw fault;
    throw new CopyMismatch(`Someone else writes to stream ${first.stream} of the target.`);
  }
  return (rest.at(-1) ?? first).position;
}

/** Positions begin with a number that grows with the log, in every adapter. */
const shareOf = (position: Position, head: Position): number =>
  Math.min(1, Number.parseInt(position, 10) / Math.max(1, Number.parseInt(head, 10)));

import { RevisionConflict } from '../faults.js';
import { type EventStore, type Position, type Revision, type StoredEvent } from '../port.js';
import { batches } from './batches.js';
import { copyCheckpoints } from './checkpoints.js';
import { emptyLogHash, hashed, type LogHash } from './log-hash.js';

export interface CopyProgress {
  readonly phase: 'copying' | 'verifying';
  /** Events copied or verified so far, those of earlier, interrupted runs included. */
  readonly events: number;
  /** Share of the phase that is done, 0 to 1; of copying an estimate. */
  readonly share: number;
}

export interface CopyOptions {
  readonly onProgress?: (progress: CopyProgress) => void;
  /** Registers that hold a position of the source (leases of relays): they get the same place in the target. */
  readonly checkpoints?: readonly string[];
}

/** The target holds other events than the source: it is not, and cannot become, a copy of it. */
export class CopyMismatch extends Error {
  override readonly name = 'CopyMismatch';
}

/** Kept in a register of the target, so that an interrupted copy goes on where it was. */
type Progress = {
  /** Id of the source's first event: tells one source from another. */
  readonly source: string;
  /** Last event copied. */
  readonly position: Position | null;
  readonly events: number;
  readonly hash: string;
};

const register = 'copy';
/** Events between two notes of the progress: about so many are appended again, as repeats, after an interruption. */
const eventsPerNote = 1_000;

/**
 * Copies a whole log into another store, in log order, and compares both by count and hash. It may be interrupted
 * anywhere and called again; called once more after the services have stopped, it brings over what came meanwhile.
 * @throws CopyMismatch if the target holds anything else, or the comparison fails
 */
export async function copyStore(
  from: EventStore,
  to: EventStore,
  options: CopyOptions = {},
): Promise<LogHash> {
  const { onProgress = () => undefined, checkpoints = [] } = options;
  const copied = await copyEvents(from, to, onProgress);
  await compare(to, copied, onProgress);
  await copyCheckpoints(from, to, checkpoints);
  return copied;
}

type OnProgress = (progress: CopyProgress) => void;

async function copyEvents(from: EventStore, to: EventStore, onProgress: OnProgress): Promise<LogHash> {
  const [source, head] = [await firstId(from), await from.head()];
  if (source === undefined || head === undefined) return emptyLogHash;

  let { progress, revision } = await findProgress(to, source);
  let noted = progress.events;
  const note = async (): Promise<void> => {
    revision = await to.writeRegister(register, progress, revision);
    noted = progress.events;
  };
  for await (const batch of batches(from.readAll({ after: progress.position ?? undefined }))) {
    const position = await appendSame(to, batch);
    progress = { source, position, ...batch.reduce(hashed, progress) };
    onProgress({ phase: 'copying', events: progress.events, share: shareOf(position, head) });
    if (progress.events - noted >= eventsPerNote) await note();
  }
  if (progress.events > noted) await note();
  return { events: progress.events, hash: progress.hash };
}

async function firstId(store: EventStore): Promise<string | undefined> {
  for await (const { id } of store.readAll({ limit: 1 })) return id;
  return undefined;
}

async function findProgress(
  to: EventStore,
  source: string,
): Promise<{ readonly progress: Progress; readonly revision: Revision }> {
  const found = await to.readRegister(register);
  if (found) {
    const progress = found.value as Progress;
    if (progress.source !== source) throw new CopyMismatch('The target holds a copy of another store.');
    return { progress, revision: found.revision };
  }
  if ((await to.head()) !== undefined)
    throw new CopyMismatch('The target holds events already: copy into an empty store.');
  // Noted before the first event: after an interruption in between the target must not look foreign.
  const progress: Progress = { source, position: null, ...emptyLogHash };
  return { progress, revision: await to.writeRegister(register, progress, 'none') };
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
    throw new CopyMismatch(`Stream ${first.stream} of the target holds events that are not the source's.`);
  }
  return (rest.at(-1) ?? first).position;
}

/** Positions begin with a number that grows with the log, in every adapter. */
const shareOf = (position: Position, head: Position): number =>
  Math.min(1, Number.parseInt(position, 10) / Math.max(1, Number.parseInt(head, 10)));

async function compare(to: EventStore, copied: LogHash, onProgress: OnProgress): Promise<void> {
  let found = emptyLogHash;
  for await (const event of to.readAll()) {
    found = hashed(found, event);
    if (found.events % eventsPerNote === 0)
      onProgress({
        phase: 'verifying',
        events: found.events,
        share: Math.min(1, found.events / copied.events),
      });
  }
  if (found.events !== copied.events)
    throw new CopyMismatch(`The source has ${copied.events} events, the target ${found.events}.`);
  if (found.hash !== copied.hash)
    throw new CopyMismatch('Source and target differ: their hashes are not the same.');
  onProgress({ phase: 'verifying', events: found.events, share: 1 });
}

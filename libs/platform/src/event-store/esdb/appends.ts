import {
  type AppendExpectedRevision,
  MaxAppendSizeExceededError,
  NO_STREAM,
  WrongExpectedVersionError,
} from '@eventstore/db-client';
import { checkAppend } from '../expectation.js';
import { EventTooLarge, RevisionConflict } from '../faults.js';
import { type IncomingEvent } from '../incoming.js';
import {
  type AppendResult,
  type ExpectedRevision,
  type Revision,
  type StoredEvent,
  type StreamName,
} from '../port.js';
import { type Connection } from './connection.js';
import { type KnownStream, KnownStreams } from './known-streams.js';
import { reach } from './reach.js';
import { streamPages } from './reads.js';
import { positionOf, toWire } from './wire.js';

/** How often an append that expects anything may be beaten by other writers. */
const attemptsAtMost = 200;

const isVersionFault = (fault: unknown): fault is WrongExpectedVersionError =>
  fault instanceof WrongExpectedVersionError;
const isSizeFault = (fault: unknown): fault is MaxAppendSizeExceededError =>
  fault instanceof MaxAppendSizeExceededError;
const isAnswer = (fault: unknown): boolean => isVersionFault(fault) || isSizeFault(fault);

/**
 * Appends with the port's promises, which are stronger than the server's: it takes an event again, as new, once others
 * stand behind it. So each append is checked against the stream's ids here, and sent with the exact revision checked.
 */
export class EsdbAppends {
  private readonly known = new KnownStreams();

  constructor(private readonly connection: Connection) {}

  /** Remembers what was read forwards, so that an append that follows need not read it again. */
  note(stream: StreamName, page: readonly StoredEvent[]): void {
    this.known.note(stream, page);
  }

  async append(
    stream: StreamName,
    batch: readonly IncomingEvent[],
    expected: ExpectedRevision,
  ): Promise<AppendResult> {
    const ids = batch.map(({ id }) => id);
    let known = this.known.of(stream);
    for (let attempt = 1; ; attempt += 1) {
      // All ids up to the expected revision are known: if the stream has moved on, the server says so.
      if (!known?.current || known.last !== expected || attempt > 1) known = await this.readOn(stream);
      const { last, ids: stored } = known;
      const repeated = checkAppend({ stream, ids, expected, actual: last, find: (id) => stored.get(id) });
      if (repeated) return repeated;
      const appended = await this.send(stream, batch, last);
      known.current = false;
      if (appended) return appended;
      if (attempt === attemptsAtMost) throw new RevisionConflict(stream, expected, last);
    }
  }

  /** Reads what follows the part of the stream that is known. */
  private async readOn(stream: StreamName): Promise<KnownStream> {
    const last = this.known.of(stream)?.last ?? 'none';
    let known = this.known.note(stream, []);
    for await (const page of streamPages(this.connection.client, stream, {
      from: last === 'none' ? 0 : last + 1,
    }))
      known = this.known.note(stream, page);
    return known;
  }

  /** Undefined if the stream is not at that revision any more. */
  private async send(
    stream: StreamName,
    batch: readonly IncomingEvent[],
    last: Revision | 'none',
  ): Promise<AppendResult | undefined> {
    const { client, credentials } = this.connection;
    const expectedRevision: AppendExpectedRevision = last === 'none' ? NO_STREAM : BigInt(last);
    try {
      const { nextExpectedRevision, position } = await reach(
        () => client.appendToStream(stream, batch.map(toWire), { expectedRevision, credentials }),
        isAnswer,
      );
      return (
        position && {
          revision: Number(nextExpectedRevision),
          position: positionOf(position),
          repeated: false,
        }
      );
    } catch (fault) {
      if (isVersionFault(fault)) return undefined;
      throw isSizeFault(fault) ? tooLarge(batch, fault.maxAppendSize) : fault;
    }
  }
}

function tooLarge(batch: readonly IncomingEvent[], limitBytes: number): EventTooLarge {
  const sizes = batch.map(({ data, metadata }) => Buffer.byteLength(data) + Buffer.byteLength(metadata));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  return new EventTooLarge(batch.at(-1)?.type ?? '', total, limitBytes);
}

import {
  type AppendExpectedRevision,
  BACKWARDS,
  END,
  jsonEvent,
  NO_STREAM,
  WrongExpectedVersionError,
} from '@eventstore/db-client';
import { type Json } from '@handover/kernel';
import { randomUUID } from 'node:crypto';
import { RevisionConflict } from '../faults.js';
import { type Register, type Revision } from '../port.js';
import { type Connection } from './connection.js';
import { collect, isNotFound } from './reads.js';
import { reach } from './reach.js';

/** Streams of the port begin with a letter or digit, so a register is never taken for one. */
const streamOf = (name: string): string => `_register-${name}`;

const isConflict = (fault: unknown): boolean => fault instanceof WrongExpectedVersionError;

/** A register is a stream of which the server keeps the last event only: its data is the value, its revision the register's. */
export class EsdbRegisters {
  constructor(private readonly connection: Connection) {}

  async read(name: string): Promise<Register | undefined> {
    const options = { direction: BACKWARDS, fromRevision: END, maxCount: 1, requiresLeader: true } as const;
    try {
      const [last] = await reach(
        () => collect(this.connection.client.readStream(streamOf(name), options)),
        isNotFound,
      );
      if (!last?.event) return undefined;
      const { value } = last.event.data as { value: Json };
      return { value, revision: Number(last.event.revision) };
    } catch (fault) {
      if (isNotFound(fault)) return undefined;
      throw fault;
    }
  }

  async write(name: string, value: Json, expected: Revision | 'none'): Promise<Revision> {
    const { client, credentials } = this.connection;
    // Before the first value: if this process dies in between, nothing is wrong.
    if (expected === 'none')
      await reach(() => client.setStreamMetadata(streamOf(name), { maxCount: 1 }, { credentials }));
    // One id for all tries of this write: a repeat of it is no conflict, another's write is.
    const event = jsonEvent({ id: randomUUID(), type: 'RegisterWritten', data: { value } });
    const expectedRevision: AppendExpectedRevision = expected === 'none' ? NO_STREAM : BigInt(expected);
    try {
      const options = { expectedRevision, credentials };
      await reach(() => client.appendToStream(streamOf(name), event, options), isConflict);
    } catch (fault) {
      if (!isConflict(fault)) throw fault;
      throw new RevisionConflict(`register ${name}`, expected, (await this.read(name))?.revision ?? 'none');
    }
    return expected === 'none' ? 0 : expected + 1;
  }
}

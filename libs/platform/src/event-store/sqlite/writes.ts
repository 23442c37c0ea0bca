import { type Json } from '@handover/kernel';
import { checkAppend, type Place } from '../expectation.js';
import { RevisionConflict } from '../faults.js';
import { type IncomingEvent } from '../incoming.js';
import {
  type AppendResult,
  type ExpectedRevision,
  type Register,
  type Revision,
  type StreamName,
} from '../port.js';
import { EventKeys } from './keys.js';
import { type EventRows, positionOf } from './rows.js';

const insertEvents = (count: number): string =>
  `INSERT INTO events (stream, revision, id, type, correlation, data, metadata) VALUES ${Array(count).fill('(?, ?, ?, ?, ?, ?, ?)').join()}`;
/** Events of one statement: to carry one out costs as much as to write three columns. */
const insertedAtOnce = 16;
const insertRegister = 'INSERT INTO registers (name, value, revision) VALUES (?, ?, 0)';
const replaceRegister = 'UPDATE registers SET value = ?, revision = ? WHERE name = ?';

/** What happens inside a transaction. Each write checks first and throws `RevisionConflict` before it changes anything. */
export class EventWrites {
  private readonly keys: EventKeys;

  constructor(private readonly rows: EventRows) {
    this.keys = new EventKeys(rows);
  }

  append(stream: StreamName, batch: readonly IncomingEvent[], expected: ExpectedRevision): AppendResult {
    const actual = this.lastRevision(stream);
    const ids = batch.map(({ id }) => id);
    const places = actual === 'none' ? undefined : this.placesOf(stream, ids);
    const repeated = checkAppend({ stream, ids, expected, actual, find: (id) => places?.get(id) });
    if (repeated) return repeated;

    const next = actual === 'none' ? 0 : actual + 1;
    let row = 0;
    for (let first = 0; first < batch.length; first += insertedAtOnce)
      row = this.insert(stream, batch.slice(first, first + insertedAtOnce), next + first);
    this.keys.add(batch, row - batch.length + 1);
    return { revision: next + batch.length - 1, position: positionOf(row), repeated: false };
  }

  writeRegister(name: string, value: Json, expected: Revision | 'none'): Revision {
    const actual = this.register(name)?.revision ?? 'none';
    if (actual !== expected) throw new RevisionConflict(`register ${name}`, expected, actual);
    const text = JSON.stringify(value);
    if (actual === 'none') {
      this.rows.prepared(insertRegister).run(name, text);
      return 0;
    }
    this.rows.prepared(replaceRegister).run(text, actual + 1, name);
    return actual + 1;
  }

  register(name: string): Register | undefined {
    const row = this.rows.prepared('SELECT value, revision FROM registers WHERE name = ?').get(name);
    return row && { value: JSON.parse(String(row.value)), revision: Number(row.revision) };
  }

  /** Gives the row of the last one. */
  private insert(stream: StreamName, events: readonly IncomingEvent[], first: Revision): number {
    const values = events.flatMap(({ id, type, correlationId, data, metadata }, index) => [
      stream,
      first + index,
      id,
      type,
      correlationId,
      data,
      metadata,
    ]);
    return Number(this.rows.prepared(insertEvents(events.length)).run(...values).lastInsertRowid);
  }

  private lastRevision(stream: StreamName): Revision | 'none' {
    const row = this.rows
      .prepared('SELECT revision FROM events WHERE stream = ? ORDER BY revision DESC LIMIT 1')
      .get(stream);
    return row ? Number(row.revision) : 'none';
  }

  private placesOf(stream: StreamName, ids: readonly string[]): ReadonlyMap<string, Place> {
    return new Map(
      this.rows
        .placesOf(stream, ids)
        .map(({ id, revision, position }) => [id, { revision, position: positionOf(position) }]),
    );
  }
}

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
import { type EventRows, positionOf } from './rows.js';

const insertEvent =
  'INSERT INTO events (stream, revision, id, type, correlation_id, data, metadata) VALUES (?, ?, ?, ?, ?, ?, ?)';
const insertRegister = 'INSERT INTO registers (name, value, revision) VALUES (?, ?, 0)';
const replaceRegister = 'UPDATE registers SET value = ?, revision = ? WHERE name = ?';

/** What happens inside a transaction. Each write checks first and throws `RevisionConflict` before it changes anything. */
export class EventWrites {
  constructor(private readonly rows: EventRows) {}

  append(stream: StreamName, batch: readonly IncomingEvent[], expected: ExpectedRevision): AppendResult {
    const actual = this.lastRevision(stream);
    const ids = batch.map(({ id }) => id);
    const find = (id: string): Place | undefined =>
      actual === 'none' ? undefined : this.placeOf(stream, id);
    const repeated = checkAppend({ stream, ids, expected, actual, find });
    if (repeated) return repeated;

    const insert = this.rows.prepared(insertEvent);
    let revision = actual === 'none' ? -1 : actual;
    let row = 0;
    for (const { id, type, correlationId, data, metadata } of batch) {
      revision += 1;
      row = Number(insert.run(stream, revision, id, type, correlationId, data, metadata).lastInsertRowid);
    }
    return { revision, position: positionOf(row), repeated: false };
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

  private lastRevision(stream: StreamName): Revision | 'none' {
    const row = this.rows
      .prepared('SELECT revision FROM events WHERE stream = ? ORDER BY revision DESC LIMIT 1')
      .get(stream);
    return row ? Number(row.revision) : 'none';
  }

  private placeOf(stream: StreamName, id: string): Place | undefined {
    const row = this.rows
      .prepared('SELECT revision, position FROM events WHERE +stream = ? AND id = ?')
      .get(stream, id);
    return row && { revision: Number(row.revision), position: positionOf(Number(row.position)) };
  }
}

import { type DatabaseSync, type SQLInputValue, type SQLOutputValue, type StatementSync } from 'node:sqlite';
import { keyOf, keyTables } from './keys.js';
import { type EventFilter, type Position, type StoredEvent } from '../port.js';

/** Sixteen digits, so that positions compare as text as they do as numbers. */
export const positionOf = (row: number): Position => String(row).padStart(16, '0');
export const rowOf = (position: Position): number => Number(position);

const columns = 'stream, revision, id, type, data, metadata';

const storedEvent = (row: Record<string, SQLOutputValue>): StoredEvent => ({
  id: String(row.id),
  type: String(row.type),
  stream: String(row.stream),
  revision: Number(row.revision),
  position: positionOf(Number(row.position)),
  data: JSON.parse(String(row.data)),
  metadata: JSON.parse(String(row.metadata)),
});

/** The queries on one open file; each text is prepared once. */
export class EventRows {
  private readonly statements = new Map<string, StatementSync>();

  constructor(private readonly database: DatabaseSync) {}

  /** Events of one stream from a revision on (backwards: from it down). */
  ofStream(stream: string, from: number, size: number, backwards: boolean): StoredEvent[] {
    const part = backwards ? 'revision <= ? ORDER BY revision DESC' : 'revision >= ? ORDER BY revision';
    return this.events(
      `SELECT position, ${columns} FROM events WHERE stream = ? AND ${part} LIMIT ?`,
      stream,
      from,
      size,
    );
  }

  ofCorrelation(correlationId: string, beyond: number, size: number): StoredEvent[] {
    const selects = keyTables.map(
      (table) => `
        SELECT found.position AS position, ${columns} FROM ${table} AS found CROSS JOIN events ON events.position = found.position
          WHERE found.key = ?1 AND found.position > ?2 AND correlation = ?3`,
    );
    return this.events(
      `${selects.join(' UNION ALL ')} ORDER BY position LIMIT ?4`,
      keyOf(correlationId),
      beyond,
      correlationId,
      size,
    );
  }

  /** Events of one stream with these ids, and perhaps some others. */
  placesOf(stream: string, ids: readonly string[]): { id: string; revision: number; position: number }[] {
    const selects = keyTables.map(
      (table) => `
        SELECT events.id, revision, events.position FROM json_each(?1) AS wanted
          CROSS JOIN ${table} AS found ON found.key = wanted.value
          CROSS JOIN events ON events.position = found.position WHERE +stream = ?2`,
    );
    return this.prepared(selects.join(' UNION ALL '))
      .all(JSON.stringify(ids.map(keyOf)), stream)
      .map(({ id, revision, position }) => ({
        id: String(id),
        revision: Number(revision),
        position: Number(position),
      }));
  }

  /**
   * Events of the log strictly after a row (backwards: strictly before it). With a filter it is one select per category
   * (or type), which SQLite merges in log order: each walks its own index, and nothing sorts the history.
   */
  ofLog(beyond: number, size: number, { categories, types }: EventFilter, backwards: boolean): StoredEvent[] {
    const range = `position ${backwards ? '<' : '>'} ?`;
    const [column, values] = categories ? ['category', categories] : ['type', types];
    const typeAlso = categories && types ? ` AND +type IN (${types.map(() => '?').join()})` : '';
    const parameters = typeAlso && types ? types : [];

    const selects = values
      ? [...new Set(values)].map((value) => ({
          sql: `SELECT position, ${columns} FROM events WHERE ${range} AND ${column} = ?${typeAlso}`,
          parameters: [beyond, value, ...parameters],
        }))
      : [{ sql: `SELECT position, ${columns} FROM events WHERE ${range}`, parameters: [beyond] }];
    if (selects.length === 0) return [];
    const merged = selects.map(({ sql }) => sql).join(' UNION ALL ');
    const order = backwards ? 'DESC' : 'ASC';
    return this.events(
      `${merged} ORDER BY position ${order} LIMIT ?`,
      ...selects.flatMap((select) => select.parameters),
      size,
    );
  }

  /** Row of the last event; 0 if there is none. */
  lastRow(): number {
    return Number(this.prepared('SELECT max(position) AS last FROM events').get()?.last ?? 0);
  }

  /** The statement of this SQL text. */
  prepared(sql: string): StatementSync {
    const known = this.statements.get(sql);
    if (known) return known;
    const statement = this.database.prepare(sql);
    this.statements.set(sql, statement);
    return statement;
  }

  private events(sql: string, ...parameters: SQLInputValue[]): StoredEvent[] {
    return this.prepared(sql)
      .all(...parameters)
      .map(storedEvent);
  }
}

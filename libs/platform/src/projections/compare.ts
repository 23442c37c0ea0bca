import { createHash } from 'node:crypto';
import { type DatabaseSync } from 'node:sqlite';
import { setImmediate as otherWork } from 'node:timers/promises';
import { checkpointTable } from './view-file.js';

/** One table of the live view beside the same table of the one built anew. */
export interface TableComparison {
  readonly table: string;
  /** Absent if the live view has no such table. */
  readonly liveRows?: number;
  /** Absent if the new view has no such table. */
  readonly newRows?: number;
  /** All rows are the same, in the same order. */
  readonly same: boolean;
}

const rowsPerTurn = 500;

interface TableContent {
  readonly rows: number;
  readonly hash: string;
}

/** Compares two views table by table, by row count and hash. Checkpoints are left out. */
export async function compareViews(
  live: DatabaseSync,
  next: DatabaseSync,
): Promise<readonly TableComparison[]> {
  const tables = [...new Set([...tablesOf(live), ...tablesOf(next)])].sort();
  const comparisons: TableComparison[] = [];
  for (const table of tables) {
    const [old, fresh] = [await contentOf(live, table), await contentOf(next, table)];
    comparisons.push({
      table,
      ...(old && { liveRows: old.rows }),
      ...(fresh && { newRows: fresh.rows }),
      same: old?.hash === fresh?.hash,
    });
  }
  return comparisons;
}

const tablesOf = (view: DatabaseSync): string[] =>
  view
    .prepare(
      `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND name <> ?`,
    )
    .all(checkpointTable)
    .map(({ name }) => String(name));

/** Rows in the order in which the table holds them: the same log gives the same order. */
async function contentOf(view: DatabaseSync, table: string): Promise<TableContent | undefined> {
  if (!tablesOf(view).includes(table)) return undefined;
  const statement = view.prepare(`SELECT * FROM "${table.replaceAll('"', '""')}"`);
  statement.setReadBigInts(true);
  const hash = createHash('sha256');
  let rows = 0;
  for (const row of statement.iterate()) {
    hash.update(JSON.stringify(row, exactly)).update('\n');
    rows += 1;
    if (rows % rowsPerTurn === 0) await otherWork();
  }
  return { rows, hash: hash.digest('hex') };
}

const exactly = (_key: string, value: unknown): unknown => (typeof value === 'bigint' ? `${value}n` : value);

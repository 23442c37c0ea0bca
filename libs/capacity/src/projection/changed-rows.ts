import { type CapacityRow } from '@handover/contracts';
import { sameJson } from '../same-json.js';
import { type Grid } from './grid.js';
import { trimmed } from './rows.js';

/** The rows whose cells from now on differ from what was published. That time has passed is no change. */
export function changedRows(
  previous: readonly CapacityRow[],
  next: readonly CapacityRow[],
  { cellMs, first }: Grid,
): CapacityRow[] {
  const before = new Map(previous.map((row) => [row.group, trimmed(row, cellMs, first)]));
  return next.filter((row) => !sameJson(before.get(row.group), row));
}

/** A row of zeros for each group that there is no more. */
export function goneRows(previous: readonly CapacityRow[], next: readonly CapacityRow[]): CapacityRow[] {
  const present = new Set(next.map(({ group }) => group));
  return previous.filter(({ group }) => !present.has(group)).map((row) => ({ ...row, cells: [0] }));
}

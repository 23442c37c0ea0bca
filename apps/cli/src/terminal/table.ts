export type Cell = string | number | undefined;

const text = (cell: Cell): string => (typeof cell === 'number' ? cell.toLocaleString('en') : (cell ?? '-'));

/**
 * Rows under a head, in columns two spaces apart. A column of numbers is aligned at the right; an absent cell is "-".
 * Without rows there is no table.
 */
export function table(head: readonly string[], rows: readonly (readonly Cell[])[]): string[] {
  if (rows.length === 0) return [];
  const numeric = head.map((_, at) => rows.every((row) => typeof (row[at] ?? 0) === 'number'));
  const lines = [head, ...rows.map((row) => head.map((_, at) => text(row[at])))];
  const widths = head.map((_, at) => Math.max(...lines.map((line) => (line[at] ?? '').length)));
  return lines.map((line) =>
    line
      .map((cell, at) => (numeric[at] ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
}

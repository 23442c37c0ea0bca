import { type CapacityRow } from '@handover/contracts';

/** An event holds at most 1 MiB; the rest is for settings, handle times and the envelope. */
const rowBytesAtMost = 768 * 1024;

const byEnd = (one: CapacityRow, other: CapacityRow): number => {
  if (one.until !== other.until) return one.until < other.until ? -1 : 1;
  return one.group < other.group ? -1 : 1;
};

/**
 * The rows in order of their end, as many as one event can hold: in a very large pool with a long horizon the groups
 * that end last are left out until they are nearer. Nothing is promised of them before.
 */
export const withinSize = (rows: readonly CapacityRow[], bytesAtMost = rowBytesAtMost): CapacityRow[] =>
  fitting([...rows].sort(byEnd), bytesAtMost);

/** As many of the first as have so many bytes of JSON. */
export function fitting<Item>(items: readonly Item[], bytesAtMost: number): Item[] {
  let bytes = 0;
  return items.filter((item) => {
    bytes += JSON.stringify(item).length + 1;
    return bytes <= bytesAtMost;
  });
}

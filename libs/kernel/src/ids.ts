import { v5, v7 } from 'uuid';

const namespace = '7a0c9d2e-4a55-5d0e-9a60-1f6c3b8e2d41';

/**
 * The id that follows from its cause: the same parts give the same UUID (version 5), always and everywhere.
 * A redelivered message therefore produces events with the ids that are already stored.
 */
export const idFrom = (...parts: readonly (string | number)[]): string =>
  v5(parts.map((part) => encodeURIComponent(part)).join('/'), namespace);

/** Where new, unrepeatable ids come from. */
export interface Ids {
  next(): string;
}

/** Time-ordered random UUIDs (version 7). */
export const randomIds: Ids = { next: () => v7() };

/** Ids that count up, for tests: `id-1`, `id-2`, … */
export function countingIds(prefix = 'id'): Ids {
  let count = 0;
  return { next: () => `${prefix}-${++count}` };
}

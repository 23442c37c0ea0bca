/** The value as JSON would carry it, without the fields that are null: a bot that says null says nothing. */
export const plain = <Value extends object>(value: Value): Value =>
  JSON.parse(JSON.stringify(value, (_key, field: unknown) => (field === null ? undefined : field)));

const sorted = (_key: string, value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(
        Object.entries(value)
          .filter(([, field]) => field !== null)
          .sort(([a], [b]) => (a < b ? -1 : 1)),
      )
    : value;

/** One text for all bodies that say the same: keys in order, nulls left out. What fingerprints are made of. */
export const canonicalJson = (value: object): string => JSON.stringify(value, sorted);

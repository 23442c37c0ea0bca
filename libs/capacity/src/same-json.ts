/** True if both would be stored as the same text: absent and undefined fields are alike, order of fields counts. */
export const sameJson = (one: unknown, other: unknown): boolean =>
  JSON.stringify(one) === JSON.stringify(other);

/** A moment, in milliseconds since 1970-01-01T00:00Z. Stored and published as ISO 8601 in UTC (`toIso`). */
export type Instant = number;

export const secondMs = 1_000;
export const minuteMs = 60_000;
export const hourMs = 3_600_000;
export const dayMs = 86_400_000;

/** ISO 8601 in UTC with milliseconds: the one spelling that is stored and published. */
export const toIso = (at: Instant): string => new Date(at).toISOString();

/**
 * Reads an ISO 8601 instant with an offset or `Z`.
 * @throws RangeError if the text is not an instant; edges validate before they call this.
 */
export function fromIso(text: string): Instant {
  const at = Date.parse(text);
  if (Number.isNaN(at)) throw new RangeError(`Not an ISO 8601 instant: "${text}"`);
  return at;
}

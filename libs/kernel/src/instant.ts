/** A moment, in milliseconds since 1970-01-01T00:00Z. Stored and published as ISO 8601 in UTC (`toIso`). */
export type Instant = number;

export const secondMs = 1_000;
export const minuteMs = 60_000;
export const hourMs = 3_600_000;
export const dayMs = 86_400_000;

/** The texts of up to eight neighbouring days: times that are written one after the other mostly lie within a week. */
const latest = Array.from({ length: 8 }, () => ({ day: NaN, text: '' }));

/** The date so many days after 1970-01-01, as `YYYY-MM-DD`. @throws RangeError beyond the years that `Date` knows */
export function isoDate(day: number): string {
  const known = latest[day & 7];
  if (known?.day === day) return known.text;
  const text = new Date(day * dayMs).toISOString().slice(0, -'T00:00:00.000Z'.length);
  latest[day & 7] = { day, text };
  return text;
}

/**
 * ISO 8601 in UTC with milliseconds: the one spelling that is stored and published.
 * @throws RangeError beyond the years that `Date` knows
 */
export function toIso(at: Instant): string {
  const day = Math.floor(at / dayMs);
  const ms = Math.trunc(at - day * dayMs);
  const [hour, minute] = [Math.floor(ms / hourMs), Math.floor(ms / minuteMs) % 60];
  const second = Math.floor(ms / secondMs) % 60;
  return `${isoDate(day)}T${two(hour)}:${two(minute)}:${two(second)}.${ms % secondMs < 100 ? '0' : ''}${two(ms % secondMs)}Z`;
}

const two = (value: number): string => (value < 10 ? `0${value}` : `${value}`);

/**
 * Reads an ISO 8601 instant with an offset or `Z`.
 * @throws RangeError if the text is not an instant; edges validate before they call this.
 */
export function fromIso(text: string): Instant {
  const at = Date.parse(text);
  if (Number.isNaN(at)) throw new RangeError(`Not an ISO 8601 instant: "${text}"`);
  return at;
}

import { type CallingHours, type DayPart } from '@handover/contracts';
import {
  type Instant,
  type LocalDate,
  type TimeZone,
  addDays,
  atLocalTime,
  localDate,
  startOfDay,
} from '@handover/kernel';

/** A half-open stretch of time, `[from, to)`. */
export interface Span {
  readonly from: Instant;
  readonly to: Instant;
}

/** Parts of a day on the caller's wall clock; the calling hours cut the night off. */
const partHours: Readonly<Record<DayPart, readonly [from: string, to: string]>> = {
  morning: ['00:00', '12:00'],
  afternoon: ['12:00', '17:00'],
  evening: ['17:00', '24:00'],
};

/** Where the caller may be called: calling hours, and the part of the day if one is wished, by the caller's clock. */
export interface Hours {
  readonly zone: TimeZone;
  readonly calling: CallingHours;
  readonly dayPart?: DayPart;
}

/** The stretches of `within` at which a call may begin, ascending. */
export function* spansWithin(within: Span, hours: Hours): Generator<Span> {
  const last = localDate(within.to, hours.zone);
  for (let day = localDate(within.from, hours.zone); day <= last; day = addDays(day, 1)) {
    for (const piece of hoursOfDay(day, hours)) {
      const span = cut(piece, within);
      if (span.from < span.to) yield span;
    }
  }
}

function hoursOfDay(day: LocalDate, { zone, calling: { from, to }, dayPart }: Hours): Span[] {
  const overnight = to <= from;
  const pieces = overnight
    ? [between(day, '00:00', to, zone), between(day, from, '24:00', zone)]
    : [between(day, from, to, zone)];
  if (!dayPart) return pieces;
  const part = between(day, ...partHours[dayPart], zone);
  return pieces.map((piece) => cut(piece, part));
}

const between = (day: LocalDate, from: string, to: string, zone: TimeZone): Span => ({
  from: from === '00:00' ? startOfDay(day, zone) : atLocalTime(day, from, zone),
  to: to === '24:00' ? startOfDay(addDays(day, 1), zone) : atLocalTime(day, to, zone),
});

const cut = (span: Span, by: Span): Span => ({
  from: Math.max(span.from, by.from),
  to: Math.min(span.to, by.to),
});

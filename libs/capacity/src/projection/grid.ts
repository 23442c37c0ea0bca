import { type CompletePoolSettings } from '@handover/contracts';
import { hourMs, minuteMs, type Instant } from '@handover/kernel';

/** A pool's absolute grid: cell 0 begins at the epoch, in every zone and on every day the same. */
export interface Grid {
  readonly cellMs: number;
  /** The cell that holds the present moment. */
  readonly first: number;
  /** One past the last cell that is projected. */
  readonly end: number;
}

/** Length of a cell of the pool's grid. */
export const cellMsOf = ({ slotMinutes }: Pick<CompletePoolSettings, 'slotMinutes'>): number =>
  slotMinutes * minuteMs;

/** No published row is longer. */
const cellsAtMost = 20_160;

/** The cells from now to the horizon. Its end falls on a full hour, so that time passing changes a row once an hour only. */
export function gridAt(settings: CompletePoolSettings, now: Instant): Grid {
  const cellMs = cellMsOf(settings);
  const horizon = Math.ceil(now / hourMs + settings.horizonHours) * hourMs;
  const first = Math.floor(now / cellMs);
  return { cellMs, first, end: Math.min(horizon / cellMs, first + cellsAtMost) };
}

/** Whole cells: `[first, end)`; none if `end` is not after `first`. */
export interface Cells {
  readonly first: number;
  readonly end: number;
}

/** The cells that lie wholly within a span. */
export const cellsWithin = ({ cellMs, first, end }: Grid, from: Instant, until: Instant): Cells => ({
  first: Math.max(first, Math.ceil(from / cellMs)),
  end: Math.min(end, Math.floor(until / cellMs)),
});

/** The cells that a span touches. */
export const cellsTouched = ({ cellMs, first, end }: Grid, from: Instant, until: Instant): Cells => ({
  first: Math.max(first, Math.floor(from / cellMs)),
  end: Math.min(end, Math.ceil(until / cellMs)),
});

/** Longest time between two looks, in minutes. Absences and calls are followed so closely, however long the slots are. */
const stepAtMost = 6;

/** When to look again though nothing was heard: at the next cell, or at an even part of a long one. */
export function nextStepAfter({ slotMinutes }: CompletePoolSettings, now: Instant): Instant {
  let minutes = Math.min(slotMinutes, stepAtMost);
  while (slotMinutes % minutes !== 0) minutes -= 1;
  const stepMs = minutes * minuteMs;
  return (Math.floor(now / stepMs) + 1) * stepMs;
}

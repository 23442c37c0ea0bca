import { type SlotTerms } from '@handover/contracts';
import { type Instant, fromIso } from '@handover/kernel';
import { type BookSettings, type PoolCapacity, cellsFor } from '../capacity/pool-capacity.js';
import { offerDemand } from '../demands.js';
import { type Demand } from '../engine/port.js';
import { type Pool } from '../pool.js';
import { type Span, spansWithin } from './spans.js';

/** What is looked for: times for these terms, as seen at this moment. */
export interface Search {
  readonly pool: Pool;
  readonly capacity: PoolCapacity;
  readonly terms: SlotTerms;
  readonly now: Instant;
}

/** From the end of the lead time to the horizon. A window that begins this instant can no longer be confirmed. */
export const reach = ({ leadMs, horizonMs }: BookSettings, now: Instant): Span => ({
  from: now + Math.max(leadMs, 1),
  to: now + horizonMs,
});

/** Starts on the grid whose window lies in the calling hours and in the caller's wishes; ascending. */
export function* wishedStarts({ capacity, terms, now }: Search): Generator<Instant> {
  const { from, to } = reach(capacity.settings, now);
  const { notBefore, notAfter, dayPart } = terms.wishes ?? {};
  yield* startsOnGrid(
    capacity.settings,
    terms,
    {
      from: notBefore ? Math.max(from, fromIso(notBefore)) : from,
      to: notAfter ? Math.min(to, fromIso(notAfter)) : to,
    },
    dayPart,
  );
}

/** The same without the wishes. */
export const callableStarts = ({ capacity, terms, now }: Search): Generator<Instant> =>
  startsOnGrid(capacity.settings, terms, reach(capacity.settings, now));

export function* startsOnGrid(
  { slotMs, hoursIn }: BookSettings,
  { timeZone, country }: SlotTerms,
  within: Span,
  dayPart?: NonNullable<SlotTerms['wishes']>['dayPart'],
): Generator<Instant> {
  if (within.from >= within.to) return;
  for (const span of spansWithin(within, { zone: timeZone, calling: hoursIn(country), dayPart }))
    for (let start = Math.ceil(span.from / slotMs) * slotMs; start + slotMs <= span.to; start += slotMs)
      yield start;
}

export const demandAt = ({ capacity, terms, now }: Search, id: string, start: Instant): Demand =>
  offerDemand(id, terms, start, now, capacity.settings.slotMs);

/**
 * Unconfirmed holds may take only a share of what is open in a cell, but always one place: a storm of requests moves on
 * to later times instead of shutting everybody out of the near ones.
 */
export function leavesRoom({ pool, capacity, terms }: Search, start: Instant, share: number): boolean {
  const { slotMs } = capacity.settings;
  const first = start / slotMs;
  const end = first + cellsFor(terms.handleSeconds, slotMs);
  for (let cell = first; cell < end; cell += 1) {
    const held = pool.held.at(cell, terms.skills);
    const open = held + pool.engine.freeAt(cell, terms.skills);
    if (held >= Math.max(1, Math.floor(share * open))) return false;
  }
  return true;
}

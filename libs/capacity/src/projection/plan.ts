import { type HandleTime, type CompletePoolSettings } from '@handover/contracts';
import { secondMs } from '@handover/kernel';
import { cellMsOf } from './grid.js';
import { learnHandleTime, plannedSeconds, steady } from '../handle-time/learn.js';
import { mixOf, plannedOnGrid } from '../handle-time/mix.js';
import { beginnable, type Beginnable } from '../on-time/beginnable.js';
import { promisable, type OnTimeTerms, type Promisable } from '../on-time/promisable.js';
import { type Pool } from '../pool.js';

/** What a pool's callbacks take: each issue type that was observed, and one that was not. */
export interface Handling {
  /** By issue type, in alphabetical order. */
  readonly observed: readonly HandleTime[];
  readonly unobserved: HandleTime;
}

export function handlingOf({ handled, settings, capacity }: Pool): Handling {
  const published = new Map(capacity?.handleTimes.map((known) => [known.issueType, known]));
  const learned = (issueType: string, seconds: readonly number[]): HandleTime =>
    learnHandleTime(issueType, seconds, settings.handleSeconds);
  return {
    observed: Object.entries(handled)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([issueType, seconds]) => steady(learned(issueType, seconds), published.get(issueType))),
    unobserved: { ...learned('', []), observations: 1 },
  };
}

/** What callbacks are counted by: those observed; before any, the default. */
export const kindsOf = ({ observed, unobserved }: Handling): readonly HandleTime[] =>
  observed.length > 0 ? observed : [unobserved];

/** How long callbacks are planned, and how many of them may then be promised. */
export interface Plan extends Handling {
  /** Mean planned time of a callback on the grid. */
  readonly callbackSeconds: number;
  readonly promises: Promises;
}

/** How many callbacks agents can keep: on any day, and in a window of which is known who is free. */
export interface Promises {
  readonly promisable: Promisable;
  readonly beginnable: Beginnable;
  readonly terms: OnTimeTerms;
}

/** What may be planned for a callback, as multiples of its mean. */
const rooms = [1, 1.25, 1.5, 2, 2.5, 3];

/**
 * Chooses the plan that keeps the most promises. Planned as long as they take on average, callbacks leave a few agents no
 * time for the one that lasts: they could promise nothing. Planned longer, fewer fit into an hour, but each is kept. Many
 * agents make up for each other and need no such room.
 * @param peaks of each skill set, the most agents at work whom inbound leaves free
 */
export function planFor(handling: Handling, settings: CompletePoolSettings, peaks: readonly number[]): Plan {
  const keptPerSecond = ({ promises, callbackSeconds }: Plan): number =>
    peaks.reduce((sum, agents) => sum + promises.promisable(agents), 0) / callbackSeconds;
  return rooms
    .map((room) => planWith(room, handling, settings))
    .reduce((best, plan) => (keptPerSecond(plan) > keptPerSecond(best) ? plan : best));
}

function planWith(room: number, { observed, unobserved }: Handling, settings: CompletePoolSettings): Plan {
  const roomy = (handle: HandleTime): HandleTime => ({
    ...handle,
    plannedSeconds: plannedSeconds(handle.meanSeconds * room),
  });
  const handling = { observed: observed.map(roomy), unobserved: roomy(unobserved) };
  const windowSeconds = cellMsOf(settings) / secondMs;
  const kinds = kindsOf(handling);
  const callbackSeconds = plannedOnGrid(kinds, windowSeconds);
  const terms: OnTimeTerms = {
    handle: mixOf(kinds),
    plannedSeconds: callbackSeconds,
    windowSeconds,
    target: settings.onTimeTarget,
    maxOccupancy: settings.maxOccupancy,
  };
  const promises = { promisable: promisable(terms), beginnable: beginnable(terms), terms };
  return { ...handling, callbackSeconds, promises };
}

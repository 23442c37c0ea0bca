import { type NoSlotReason } from '@handover/contracts';
import { type Instant } from '@handover/kernel';
import { openStarts, serves } from '../capacity/pool-capacity.js';
import { type Search, callableStarts, demandAt, leavesRoom, reach, startsOnGrid } from './search.js';

export interface NoSlot {
  readonly reason: NoSlotReason;
  /** A time that could be offered if the caller wished otherwise, or when there are hours again. */
  readonly nextOpening?: Instant;
}

/** Why nothing could be offered: the first thing that is missing, from the pool's side to the caller's. */
export function whyNone(search: Search): NoSlot {
  const { capacity, terms, now } = search;
  if (![...capacity.groups.values()].some((group) => serves(group, terms.skills)))
    return { reason: whyNoCapacity(search) };

  const { from, to } = reach(capacity.settings, now);
  const open = openStarts(capacity, terms.skills, terms.handleSeconds, from);
  const inReach = new Set(open.filter((start) => start < to));
  if (inReach.size === 0) return { reason: 'no-shifts', nextOpening: nextHours(search, open) };

  const callable = [...callableStarts(search)].filter((start) => inReach.has(start));
  if (callable.length === 0) return { reason: 'outside-calling-hours' };

  const free = terms.wishes && callable.find((start) => isFree(search, start));
  return free === undefined ? { reason: 'fully-booked' } : { reason: 'wishes-unmet', nextOpening: free };
}

/** Nothing may be promised for these skills: nobody has them, or works, or those who do are too few to keep an exact time. */
function whyNoCapacity({ capacity, terms }: Search): NoSlotReason {
  const able = capacity.unpromised.filter((staff) => serves(staff, terms.skills));
  if (able.length === 0) return 'no-such-skills';
  return able.some(({ onDuty }) => onDuty) ? 'too-few-agents' : 'no-shifts';
}

/** Beyond the horizon: hours that capacity knows of, when the caller may be called. */
function nextHours({ capacity, terms }: Search, open: readonly Instant[]): Instant | undefined {
  const { slotMs } = capacity.settings;
  return open.find((start) =>
    [...startsOnGrid(capacity.settings, terms, { from: start, to: start + slotMs })].includes(start),
  );
}

const isFree = (search: Search, start: Instant): boolean =>
  leavesRoom(search, start, search.capacity.settings.holdShare) &&
  search.pool.speech.isSpeakable(start, search.terms.timeZone) &&
  search.pool.engine.fits(demandAt(search, 'probe', start));

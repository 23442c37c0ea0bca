// Inbound calls as they were counted and forecast, and what they tell of times to come.
import { type ObserveInboundLoad } from '@handover/contracts';
import { dayMs, fromIso, hourMs, inZone, minuteMs, type Instant, type TimeZone } from '@handover/kernel';
import { type InboundTraffic } from './erlang-a.js';

/** Calls of one interval. */
export interface InboundLoad {
  readonly from: Instant;
  readonly until: Instant;
  readonly calls: number;
  readonly handleSeconds?: number;
  readonly patienceSeconds?: number;
  /** What an agent needs to take these calls, in alphabetical order. */
  readonly skills: readonly string[];
  /** A forecast, not a count. */
  readonly scheduled: boolean;
}

/** A count is kept until the same hour of the next week has come, and a day longer. */
const rememberedMs = 8 * dayMs;

/** A count older than this says nothing about the present. */
const freshMs = hourMs;

/** Intervals kept for one pool; beyond it the oldest are forgotten. */
const loadsAtMost = 20_000;

/** Patience where nobody measured it. */
const patienceByDefault = 180;

export const loadOf = ({
  from,
  to,
  calls,
  skills = [],
  scheduled = false,
  ...report
}: ObserveInboundLoad): InboundLoad => ({
  from: fromIso(from),
  until: fromIso(to),
  calls,
  ...(report.handleSeconds !== undefined && { handleSeconds: report.handleSeconds }),
  ...(report.patienceSeconds !== undefined && { patienceSeconds: report.patienceSeconds }),
  skills: [...new Set(skills)].sort(),
  scheduled,
});

const sameInterval = (one: InboundLoad, other: InboundLoad): boolean =>
  one.from === other.from &&
  one.until === other.until &&
  one.scheduled === other.scheduled &&
  one.skills.join() === other.skills.join();

/** The loads in order of their begin, with one more: it replaces what was said of the same interval before. */
export function withLoad(loads: readonly InboundLoad[], load: InboundLoad, now: Instant): InboundLoad[] {
  const kept = loads.filter((other) => other.until > now - rememberedMs && !sameInterval(other, load));
  const place = kept.findLastIndex((other) => other.from <= load.from) + 1;
  return [...kept.slice(0, place), load, ...kept.slice(place)].slice(-loadsAtMost);
}

/** Overlapping reports of one moment that are looked through for it. */
const overlapsAtMost = 16;

/** Finds the latest begun of the loads that hold a moment. */
function covering(inOrder: readonly InboundLoad[]): (moment: Instant) => InboundLoad | undefined {
  return (moment) => {
    let [begun, later] = [-1, inOrder.length];
    while (later - begun > 1) {
      const middle = (begun + later) >> 1;
      if ((inOrder[middle]?.from ?? Infinity) <= moment) begun = middle;
      else later = middle;
    }
    return inOrder
      .slice(Math.max(0, begun - overlapsAtMost), begun + 1)
      .findLast(({ until }) => until > moment);
  };
}

const trafficOf = (load: InboundLoad, handleSeconds: number): InboundTraffic => ({
  callsPerHour: (load.calls * hourMs) / (load.until - load.from),
  handleSeconds: load.handleSeconds ?? handleSeconds,
  patienceSeconds: load.patienceSeconds ?? patienceByDefault,
});

/**
 * What to expect of inbound calls for one set of skills: the forecast where there is one; else what was counted at the
 * same local time a week ago, or yesterday; else the latest count, while it is fresh. In the coming hour at least as
 * much as the latest count.
 */
export function expectedTraffic(
  loads: readonly InboundLoad[],
  { timeZone, handleSeconds }: { readonly timeZone: TimeZone; readonly handleSeconds: number },
  now: Instant,
): (moment: Instant) => InboundTraffic | undefined {
  const observed = loads.filter(({ scheduled }) => !scheduled);
  const [forecast, counted] = [covering(loads.filter(({ scheduled }) => scheduled)), covering(observed)];
  const latest = observed.findLast(({ from, until }) => from <= now && until > now - freshMs);
  const offsetAt = offsetsOf(timeZone);
  const daysBefore = (moment: Instant, days: number): Instant => {
    const before = moment - days * dayMs;
    return before + offsetAt(moment) - offsetAt(before);
  };
  return (moment) => {
    const expected =
      forecast(moment) ?? counted(daysBefore(moment, 7)) ?? counted(daysBefore(moment, 1)) ?? latest;
    const traffic = expected && trafficOf(expected, handleSeconds);
    if (!latest || moment >= now + freshMs) return traffic;
    const present = trafficOf(latest, handleSeconds);
    return traffic && traffic.callsPerHour >= present.callsPerHour ? traffic : present;
  };
}

/** Offset of a zone's wall clock from UTC, looked up once for each quarter of an hour: clocks change on no other moment. */
function offsetsOf(timeZone: TimeZone): (moment: Instant) => number {
  const quarter = 15 * minuteMs;
  const known = new Map<number, number>();
  return (moment) => {
    const key = Math.floor(moment / quarter);
    const offset = known.get(key) ?? inZone(key * quarter, timeZone).offsetNanoseconds / 1e6;
    known.set(key, offset);
    return offset;
  };
}

// What is well formed and cannot be meant: times of day that contradict each other, and moments far from now.
import {
  type AgentStateReport,
  type CallingHours,
  type ObserveInboundLoad,
  type PoolSettings,
  type ShiftPlan,
  type Violation,
  broken,
  namedMoment,
  pastMoment,
} from '@handover/contracts';
import { type Instant, fromIso } from '@handover/kernel';
import { minuteOf } from './breaks.js';

/** As the end of a day is written. A shift or calling hours from 00:00 to 00:00 are the whole day. */
const midnight = '00:00';

/** Longest shift over midnight: a day has 24 hours, 11 of them are rest (Directive 2003/88/EC, article 3). */
const nightShiftHours = 13;

/** Calling hours lie within one day: over midnight they would be the hours at which people sleep. */
export const implausibleSettings = ({
  callingHours,
  countryHours,
  callbackWithoutTime,
}: PoolSettings): readonly Violation[] => {
  const backwards = ({ from, to }: CallingHours): boolean => to <= from && to !== midnight;
  const rule = 'must be after from; 00:00 is the end of the day';
  return [
    ...broken(
      callbackWithoutTime === true,
      'callbackWithoutTime',
      'must be false: nothing would carry a callback without a time out',
    ),
    ...broken(callingHours !== undefined && backwards(callingHours), 'callingHours.to', rule),
    ...(countryHours ?? []).flatMap((hours, index) =>
      broken(backwards(hours), `countryHours[${index}].to`, rule),
    ),
  ];
};

/** A shift that ends before it begins is meant to end on the next day, unless it is then longer than anybody works. */
export function implausibleShift({ date, from, to }: ShiftPlan, now: Instant): readonly Violation[] {
  const overMidnight = to <= from && to !== midnight;
  const hours = 24 - (minuteOf(from) - minuteOf(to)) / 60;
  return [
    ...broken(
      overMidnight && hours > nightShiftHours,
      'to',
      `must be after from, or at most ${nightShiftHours} hours later on the next day; 00:00 is the end of the day`,
    ),
    ...namedMoment('date', `${date}T00:00:00Z`, now),
  ];
}

export const implausibleState = ({ since, until }: AgentStateReport, now: Instant): readonly Violation[] => [
  ...pastMoment('since', since, now),
  ...namedMoment('until', until, now),
  ...broken(
    since !== undefined && until !== undefined && fromIso(until) <= fromIso(since),
    'until',
    'must be after since',
  ),
];

export const implausibleLoad = (
  { from, to, scheduled }: ObserveInboundLoad,
  now: Instant,
): readonly Violation[] => [
  ...(scheduled ? namedMoment : pastMoment)('from', from, now),
  ...namedMoment('to', to, now),
];

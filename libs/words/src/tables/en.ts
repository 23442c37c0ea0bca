import { type LanguageTable } from '../language.js';
import { type Moment, isSmallHour, needsDate, saysDayOf } from '../moment.js';

const weekdays = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const;
const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const;

const weekday = (day: number): string => weekdays[(day + 6) % 7] ?? '';

function ordinal(day: number): string {
  const suffixes: Readonly<Record<number, string>> = { 1: 'st', 2: 'nd', 3: 'rd' };
  const teen = day > 10 && day < 14;
  return `${day}${(!teen && suffixes[day % 10]) || 'th'}`;
}

const date = (moment: Moment): string => {
  const named = weekday(moment.weekday);
  return needsDate(moment)
    ? `${named}, ${months[moment.month - 1] ?? ''} ${ordinal(moment.dayOfMonth)},`
    : named;
};

function clock({ hour, minute }: Moment): string {
  if (hour === 12 && minute === 0) return 'noon';
  const twelve = hour % 12 === 0 ? 12 : hour % 12;
  return minute === 0 ? `${twelve} o'clock` : `${twelve}:${String(minute).padStart(2, '0')}`;
}

type Part = 'morning' | 'noon' | 'afternoon' | 'evening' | 'night';

function partOf({ hour, minute }: Moment): Part {
  if (hour < 12) return 'morning';
  if (hour === 12 && minute === 0) return 'noon';
  if (hour < 17) return 'afternoon';
  return hour < 21 ? 'evening' : 'night';
}

const todays: Readonly<Record<Part, string>> = {
  morning: ' this morning',
  noon: ' today',
  afternoon: ' this afternoon',
  evening: ' this evening',
  night: ' tonight',
};

const anyDays: Readonly<Record<Part, string>> = {
  morning: ' in the morning',
  noon: '',
  afternoon: ' in the afternoon',
  evening: ' in the evening',
  night: ' at night',
};

/** "Tomorrow at 0:30" would be heard as the night after: small hours are named by the day that they open. */
function smallHours(moment: Moment): string {
  const midnight = moment.hour === 0 && moment.minute === 0;
  return midnight
    ? `at midnight between ${weekday(moment.weekday - 1)} and ${date(moment)}`.replace(/,$/, '')
    : `at ${clock(moment)} in the early hours of ${date(moment)}`.replace(/,$/, '');
}

function time(moment: Moment, before?: Moment): string {
  if (isSmallHour(moment)) return smallHours(moment);
  const at = `at ${clock(moment)}`;
  const part = partOf(moment);
  const dayIsSaid = before !== undefined && saysDayOf(before, moment);
  if (dayIsSaid && partOf(before) === part) return at;
  if (moment.daysAhead === 0) return at + todays[part];
  const withPart = at + anyDays[part];
  if (dayIsSaid) return withPart;
  return moment.daysAhead === 1 ? `tomorrow ${withPart}` : `on ${date(moment)} ${withPart}`;
}

function choice(times: readonly string[]): string {
  const last = times.at(-1) ?? '';
  return times.length < 2 ? last : `${times.slice(0, -1).join(', ')} or ${last}`;
}

export const english: LanguageTable = {
  tag: 'en',
  time,
  choice,
  offers: (times) =>
    `I was not able to resolve that today, but I can schedule a call with a specialist ${times}.`,
  confirmed: (at) => `Thank you, a specialist will call you ${at}.`,
  moved: (from, to) =>
    `I am sorry, we cannot call you ${from} as we agreed; a specialist will call you ${to} instead.`,
  freshOffers: (times) =>
    `I am sorry, that time is no longer free, but I can schedule a call with a specialist ${times}.`,
  nextOpening: (at) => `Our specialists are next on duty ${at}.`,
  noSlot: {
    'no-shifts':
      'I am sorry, none of our specialists is on duty in the coming hours, so I cannot schedule a call.',
    'fully-booked': 'I am sorry, all our specialists are booked, so I cannot schedule a call.',
    'wishes-unmet': 'I am sorry, I do not have a free time for a call that suits your wishes.',
    'outside-calling-hours':
      'I am sorry, our specialists are on duty only at hours at which we do not call where you are.',
    'too-few-agents':
      'I am sorry, too few of our specialists are on duty for me to promise an exact time, so I cannot schedule a call.',
    'unknown-pool': 'I am sorry, I cannot schedule a call at the moment.',
    'no-such-skills':
      'I am sorry, we do not have a specialist on duty for this, so I cannot schedule a call.',
  },
  refused: {
    'hold-expired': 'I am sorry, that time is no longer free, and I do not have another one to offer.',
    'unknown-offer': 'I am sorry, I cannot find that time among those that I offered you.',
    'already-confirmed': 'Your call is already scheduled, and it stays as we agreed.',
    'slot-past': 'I am sorry, that time is already over, and I do not have another one to offer.',
  },
  cancelled: 'Your call is cancelled.',
  declined: 'All right, I will not schedule a call.',
  pending: 'I am still looking for a time for your call, one moment please.',
  expired: 'I am sorry, the times that I offered are no longer held for you.',
  superseded: 'You have asked us again since then, and what we agreed last holds.',
  missed: (at) => `I am sorry, we did not call you ${at} as we agreed; we are still trying to.`,
  dialing: 'A specialist is calling you now.',
  again: 'We called you and did not reach you; we will try again.',
  connected: 'A specialist is on the line with you.',
  ended: {
    resolved: 'Our specialist has talked with you, and your request is settled.',
    'follow-up': 'Our specialist has talked with you, and will come back to you on your request.',
    voicemail: 'We called you and reached a machine, so we did not talk with you.',
    'no-answer': 'We called you and nobody answered.',
    busy: 'We called you and the line was busy.',
    'wrong-number': 'We called you, but the number that we have is not yours.',
    declined: 'We called you, and the call was declined.',
    failed: 'I am sorry, we were not able to call you.',
  },
};

import {
  type CallbackEvent,
  type HandoverContext,
  type RescheduleCallback,
  type ScheduleCallback,
} from '@handover/contracts';
import { type Instant, fromIso, minuteMs, toIso } from '@handover/kernel';
import { type Agent } from '../agents.js';
import { type Callback, type KnownCallback, evolve, unknownCallback } from '../callback/callback.js';
import { type AllowedHours } from '../timing/calling-hours.js';

/** When the appointment was agreed: a Tuesday, 14:00 in Zurich. The window of every callback that says nothing else is [14:15, 14:20). */
export const agreedAt: Instant = fromIso('2026-11-24T13:00:00.000Z');
export const start: Instant = agreedAt + 15 * minuteMs;
export const end: Instant = agreedAt + 20 * minuteMs;

export const daytime: AllowedHours = { zone: 'Europe/Zurich', from: '08:00', to: '21:00' };

export const aCommand = (given: Partial<ScheduleCallback> = {}): ScheduleCallback => ({
  callbackId: 'c-1',
  handoverId: 'h-1',
  pool: 'care',
  skills: ['billing'],
  subjectId: 'subject-1',
  issueType: 'billing-dispute',
  language: 'en',
  timeZone: 'Europe/Zurich',
  country: 'CH',
  start: toIso(start),
  end: toIso(end),
  handleSeconds: 360,
  occurredAt: toIso(agreedAt),
  ...given,
});

export const aMove = (given: Partial<RescheduleCallback> = {}): RescheduleCallback => ({
  callbackId: 'c-1',
  handoverId: 'h-1',
  pool: 'care',
  start: toIso(start + 60 * minuteMs),
  end: toIso(end + 60 * minuteMs),
  occurredAt: toIso(agreedAt),
  ...given,
});

const of = (at: Instant) => ({ callbackId: 'c-1', handoverId: 'h-1', pool: 'care', occurredAt: toIso(at) });
const attempt = (number: number) => ({ attemptId: `a-${number}`, attempt: number });

type Data<Type extends CallbackEvent['type']> = Partial<Extract<CallbackEvent, { type: Type }>['data']>;

/** The events of a callback in the words of the domain; each takes the moment at which it happened. */
export const happened = {
  scheduled: (given?: Partial<ScheduleCallback>): CallbackEvent => ({
    type: 'CallbackScheduled',
    data: aCommand(given),
  }),
  rescheduled: (given?: Partial<RescheduleCallback>): CallbackEvent => ({
    type: 'CallbackRescheduled',
    data: aMove(given),
  }),
  assigned: (at: Instant, given: Data<'AgentAssigned'> = {}): CallbackEvent => ({
    type: 'AgentAssigned',
    data: { ...of(at), agentId: 'ann', assignment: 1, ...given },
  }),
  presented: (at: Instant, agentId = 'ann'): CallbackEvent => ({
    type: 'BriefingPresented',
    data: { ...of(at), agentId },
  }),
  acknowledged: (at: Instant, agentId = 'ann'): CallbackEvent => ({
    type: 'BriefingAcknowledged',
    data: { ...of(at), agentId },
  }),
  released: (at: Instant, given: Data<'AgentReleased'> = {}): CallbackEvent => ({
    type: 'AgentReleased',
    data: { ...of(at), agentId: 'ann', reason: 'unacknowledged', ...given },
  }),
  started: (at: Instant, number = 1, agentId = 'ann'): CallbackEvent => ({
    type: 'AttemptStarted',
    data: { ...of(at), ...attempt(number), agentId, inWindow: true },
  }),
  connected: (at: Instant, number = 1): CallbackEvent => ({
    type: 'CallerConnected',
    data: { ...of(at), attemptId: `a-${number}`, agentId: 'ann', briefed: true },
  }),
  ended: (at: Instant, given: Data<'AttemptEnded'> = {}): CallbackEvent => ({
    type: 'AttemptEnded',
    data: { ...of(at), ...attempt(given.attempt ?? 1), outcome: 'no-answer', cause: 'sip:480', ...given },
  }),
  missed: (at: Instant): CallbackEvent => ({
    type: 'CallbackMissed',
    data: { ...of(at), start: toIso(start), reason: 'no-agent' },
  }),
};

/** Assigned, presented and acknowledged a minute before the window. */
export const briefedAgent: readonly CallbackEvent[] = [
  happened.scheduled(),
  happened.assigned(start - minuteMs),
  happened.presented(start - minuteMs),
  happened.acknowledged(start - minuteMs / 2),
];

export const given = (...events: readonly CallbackEvent[]): Callback =>
  events.reduce<Callback>(evolve, unknownCallback);

/** The same for tests that need what only a scheduled callback has. */
export function givenKnown(...events: readonly CallbackEvent[]): KnownCallback {
  const callback = given(...events);
  if (callback.is === 'unknown') throw new Error('These events schedule no callback.');
  return callback;
}

export const anAgent = (agentId: string, given: Partial<Agent> = {}): Agent => ({
  agentId,
  pool: 'care',
  skills: ['billing'],
  state: 'available',
  since: agreedAt,
  shifts: { today: [{ from: agreedAt - 240 * minuteMs, until: agreedAt + 240 * minuteMs }] },
  ...given,
});

export const aContext = (given: Partial<HandoverContext> = {}): HandoverContext => ({
  handoverId: 'h-1',
  conversationId: 'v-1',
  clientId: 'bot',
  subjectId: 'subject-1',
  language: 'en',
  timeZone: 'Europe/Zurich',
  accountTier: 'gold',
  issue: { type: 'billing-dispute' },
  urgency: 'high',
  sentiment: { mood: 'frustrated' },
  attempted: [{ action: 'Re-sent the invoice', outcome: 'failed' }],
  pool: 'care',
  skills: ['billing'],
  rule: 'billing',
  completeness: { percent: 90, gaps: [] },
  occurredAt: toIso(agreedAt),
  ...given,
  personal: {
    phoneNumber: '+41445551234',
    fingerprint: 'f',
    name: 'Ada Caller',
    summary: 'Charged twice for October.',
    discussed: ['invoice number', 'date of payment'],
    ...given.personal,
  },
});

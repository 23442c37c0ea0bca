import { streams } from '@handover/contracts';
import { toIso } from '@handover/kernel';

export const noon = Date.parse('2026-11-23T12:00:00Z');
/** That many minutes after noon. */
export const at = (minutes: number): string => toIso(noon + minutes * 60_000);

const common = { handoverId: 'h1', pool: 'billing', callbackId: 'a1', agentId: 'ag1', occurredAt: at(0) };
export const terms = {
  ...common,
  subjectId: 's1',
  issueType: 'billing-dispute',
  language: 'en',
  timeZone: 'Etc/UTC',
  start: at(60),
  end: at(65),
  handleSeconds: 240,
  skills: [],
};

/** An event as another service stores it: stream, type, data, minutes after noon. */
export type Told = readonly [string, string, object, number];

/** A callback that was kept. */
export const keptCallback: readonly Told[] = [
  [
    streams.handover('h1'),
    'HandoverRequested',
    {
      ...terms,
      conversationId: 'c1',
      urgency: 'normal',
      issue: { type: 'billing-dispute' },
      personal: { phoneNumber: '+41445551234', name: 'Robin Doe' },
    },
    0,
  ],
  [
    streams.slotBook('billing', '2026-11-23'),
    'AppointmentConfirmed',
    { ...terms, appointmentId: 'a1', offerId: 'o1' },
    1,
  ],
  [streams.callback('a1'), 'CallbackScheduled', terms, 1],
  [streams.callback('a1'), 'AttemptStarted', { ...common, attemptId: 'd1', attempt: 1, inWindow: true }, 61],
  [streams.callback('a1'), 'CallerConnected', { ...common, attemptId: 'd1', briefed: true }, 62],
  [
    streams.callback('a1'),
    'CallbackCompleted',
    {
      ...common,
      disposition: 'resolved',
      by: 'agent',
      attempts: 1,
      reAsked: false,
      handleSeconds: 200,
      issueType: 'billing-dispute',
      occurredAt: at(66),
    },
    66,
  ],
];

/** The same caller on the same issue, 90 minutes after noon, with the bot alone. */
export const cameBack: Told = [
  streams.conversation('c2'),
  'ConversationEnded',
  {
    conversationId: 'c2',
    subjectId: 's1',
    issueType: 'billing-dispute',
    outcome: 'contained',
    startedAt: at(90),
    endedAt: at(95),
    occurredAt: at(95),
  },
  95,
];

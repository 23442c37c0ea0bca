import {
  type AppointmentConfirmed,
  type ConfirmationRefused,
  type ConversationReport,
  type HandoverRequest,
  type NoSlotFound,
  type OffersHeld,
} from '@handover/contracts';
import { type NewHandover } from '../handover.js';

/** When the examples take place: a Monday morning, 11:00 in Zurich. */
export const monday = Date.parse('2026-11-23T10:00:00.000Z');

/** A caller whose router stays dark, as a bot that knows a good deal would hand over. */
export const aHandoverRequest = (given: Partial<HandoverRequest> = {}): HandoverRequest => ({
  conversationId: 'conversation-1',
  subjectId: 'subject-1',
  language: 'en',
  timeZone: 'Europe/Zurich',
  country: 'CH',
  issue: { type: 'technical-fault', subtype: 'no-connection' },
  urgency: 'high',
  sentiment: { mood: 'frustrated', score: -0.6 },
  attempted: [{ action: 'Restarted the router', outcome: 'failed' }],
  personal: {
    phoneNumber: '+41445550100',
    name: 'Robin Example',
    accountReferences: [{ kind: 'contract', value: 'C-1001' }],
    summary: 'No connection since Sunday evening.',
    discussed: ['All lamps of the router are dark'],
    transcript: [{ speaker: 'caller', text: 'Nothing works.' }],
  },
  ...given,
});

export const aNewHandover = (
  request: Partial<HandoverRequest> = {},
  given: Partial<NewHandover> = {},
): NewHandover => ({
  handoverId: 'handover-1',
  clientId: 'default',
  fingerprint: 'f-1',
  request: aHandoverRequest(request),
  route: { pool: 'technical', skills: ['en', 'technical'], rule: 'technical' },
  ...given,
});

export const aConversationReport = (given: Partial<ConversationReport> = {}): ConversationReport => ({
  conversationId: 'conversation-1',
  subjectId: 'subject-1',
  outcome: 'contained',
  issueType: 'technical-fault',
  language: 'en',
  startedAt: '2026-11-23T09:50:00.000Z',
  endedAt: '2026-11-23T09:55:00.000Z',
  ...given,
});

const terms = {
  handoverId: 'handover-1',
  pool: 'technical',
  skills: ['en', 'technical'],
  subjectId: 'subject-1',
  issueType: 'technical-fault',
  urgency: 'high' as const,
  language: 'en',
  timeZone: 'Europe/Zurich',
  handleSeconds: 360,
};

const group = 'en+technical@2026-11-23T17:00:00.000Z';

/** Two times held, as reservation tells it. */
export const anOffersHeld = (given: Partial<OffersHeld> = {}): OffersHeld => ({
  ...terms,
  requestId: 'request-1',
  offers: [
    {
      offerId: 'offer-1',
      start: '2026-11-23T13:15:00.000Z',
      end: '2026-11-23T13:20:00.000Z',
      words: 'at 2:15 this afternoon',
      group,
    },
    {
      offerId: 'offer-2',
      start: '2026-11-23T13:45:00.000Z',
      end: '2026-11-23T13:50:00.000Z',
      words: 'at 2:45 this afternoon',
      group,
    },
  ],
  holdUntil: '2026-11-23T10:03:00.000Z',
  capacityVersion: 7,
  say: 'I was not able to resolve that today, but I can schedule a call with a specialist at 2:15 this afternoon or at 2:45.',
  occurredAt: '2026-11-23T10:00:00.010Z',
  ...given,
});

export const aNoSlotFound = (given: Partial<NoSlotFound> = {}): NoSlotFound => ({
  requestId: 'request-1',
  handoverId: 'handover-1',
  pool: 'technical',
  reason: 'fully-booked',
  say: 'I am sorry, all our specialists are booked, so I cannot schedule a call.',
  occurredAt: '2026-11-23T10:00:00.010Z',
  ...given,
});

export const anAppointmentConfirmed = (given: Partial<AppointmentConfirmed> = {}): AppointmentConfirmed => ({
  ...terms,
  requestId: 'request-2',
  appointmentId: 'appointment-1',
  offerId: 'offer-1',
  start: '2026-11-23T13:15:00.000Z',
  end: '2026-11-23T13:20:00.000Z',
  words: 'at 2:15 this afternoon',
  say: 'Thank you, a specialist will call you at 2:15 this afternoon.',
  capacityVersion: 7,
  group,
  occurredAt: '2026-11-23T10:01:00.000Z',
  ...given,
});

export const aConfirmationRefused = (given: Partial<ConfirmationRefused> = {}): ConfirmationRefused => ({
  requestId: 'request-2',
  handoverId: 'handover-1',
  pool: 'technical',
  offerId: 'offer-1',
  refused: 'hold-expired',
  offers: [],
  say: 'I am sorry, that time is no longer free, and I do not have another one to offer.',
  occurredAt: '2026-11-23T10:05:00.000Z',
  ...given,
});

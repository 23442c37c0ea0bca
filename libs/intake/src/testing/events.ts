import { type DomainEvent } from '@handover/contracts';
import { aConfirmationRefused, aNoSlotFound, anAppointmentConfirmed, anOffersHeld } from './builders.js';

export const of = { handoverId: 'handover-1', pool: 'technical', occurredAt: '2026-11-23T11:00:00.000Z' };
const ofAppointment = {
  ...of,
  appointmentId: 'appointment-1',
  start: '2026-11-23T13:15:00.000Z',
  capacityVersion: 8,
};
const ofCallback = { ...of, callbackId: 'appointment-1' };
export const dial = { ...ofCallback, attemptId: 'attempt-1', attempt: 1, agentId: 'agent-1' };

export const held: DomainEvent = { type: 'OffersHeld', data: anOffersHeld() };
export const confirmed: DomainEvent = { type: 'AppointmentConfirmed', data: anAppointmentConfirmed() };
export const noSlot: DomainEvent = {
  type: 'NoSlotFound',
  data: aNoSlotFound({ nextOpening: '2026-11-24T07:00:00.000Z' }),
};
export const refused: DomainEvent = { type: 'ConfirmationRefused', data: aConfirmationRefused() };
export const declined: DomainEvent = { type: 'OffersDeclined', data: of };
export const withdrawn: DomainEvent = { type: 'HandoverWithdrawn', data: of };
export const superseded: DomainEvent = {
  type: 'HandoverSuperseded',
  data: { ...of, supersededBy: 'handover-2' },
};
export const expired: DomainEvent = {
  type: 'HoldExpired',
  data: { ...of, offerIds: ['offer-1', 'offer-2'] },
};
export const released: DomainEvent = {
  type: 'OfferReleased',
  data: { ...of, offerIds: ['offer-2'], reason: 'another-confirmed' },
};
export const otherReleased: DomainEvent = {
  type: 'OfferReleased',
  data: { ...of, offerIds: ['offer-1'], reason: 'capacity-withdrawn' },
};
export const atRisk: DomainEvent = { type: 'AppointmentAtRisk', data: ofAppointment };
export const secured: DomainEvent = { type: 'AppointmentSecured', data: { ...ofAppointment, group: 'en' } };
export const cancelled: DomainEvent = {
  type: 'AppointmentCancelled',
  data: { ...ofAppointment, reason: 'withdrawn' },
};
export const assigned: DomainEvent = {
  type: 'AgentAssigned',
  data: { ...ofCallback, agentId: 'agent-1', assignment: 1 },
};
export const agentReleased: DomainEvent = {
  type: 'AgentReleased',
  data: { ...ofCallback, agentId: 'agent-1', reason: 'unavailable' },
};
export const missed: DomainEvent = {
  type: 'CallbackMissed',
  data: { ...ofCallback, start: ofAppointment.start, reason: 'no-agent' },
};
export const dialled: DomainEvent = { type: 'AttemptStarted', data: { ...dial, inWindow: true } };
export const unanswered: DomainEvent = { type: 'AttemptEnded', data: { ...dial, outcome: 'no-answer' } };
export const connected: DomainEvent = { type: 'CallerConnected', data: { ...dial, briefed: true } };
export const completed: DomainEvent = {
  type: 'CallbackCompleted',
  data: { ...ofCallback, disposition: 'resolved', by: 'agent', attempts: 1, issueType: 'technical-fault' },
};
export const rated: Extract<DomainEvent, { type: 'SurveyAnswered' }> = {
  type: 'SurveyAnswered',
  data: { ...of, surveyId: 'appointment-1', score: 5 },
};
export const moved: DomainEvent = {
  type: 'AppointmentMoved',
  data: {
    ...anAppointmentConfirmed(),
    fromStart: ofAppointment.start,
    start: '2026-11-23T14:00:00.000Z',
    end: '2026-11-23T14:05:00.000Z',
    words: "at 3 o'clock this afternoon",
    say: "I am sorry, a specialist will call you at 3 o'clock instead.",
    by: 'capacity',
  },
};

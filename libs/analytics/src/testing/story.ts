// Builders of a handover's events for specs, with defaults that read well.
import { type DomainEvent } from '@handover/contracts';
import { minuteMs, toIso } from '@handover/kernel';

export const noon = Date.UTC(2026, 10, 23, 12);
const at = (minutes: number): string => toIso(noon + minutes * minuteMs);

type DataOf<Type extends DomainEvent['type']> = Extract<DomainEvent, { type: Type }>['data'];

const told = <Type extends DomainEvent['type']>(type: Type, minutes: number, data: object): DomainEvent =>
  ({
    type,
    data: {
      handoverId: 'h1',
      pool: 'billing',
      callbackId: 'a1',
      occurredAt: at(minutes),
      ...data,
    } as DataOf<Type>,
  }) as DomainEvent;

/** The events of one handover, `minutes` after noon. */
export const story = {
  requested: (minutes = 0, data: object = {}): DomainEvent =>
    told('HandoverRequested', minutes, {
      conversationId: 'c1',
      subjectId: 's1',
      issue: { type: 'billing-dispute' },
      language: 'en',
      urgency: 'normal',
      ...data,
    }),
  offered: (minutes = 0, offerIds: readonly string[] = []): DomainEvent =>
    told('OffersHeld', minutes, { offers: offerIds.map((offerId) => ({ offerId })) }),
  offersReleased: (minutes: number, offerIds: readonly string[]): DomainEvent =>
    told('OfferReleased', minutes, { offerIds, reason: 'capacity-withdrawn' }),
  amended: (minutes: number, data: object): DomainEvent => told('ContextAmended', minutes, data),
  reported: (minutes: number, outcome: string, data: object = {}): DomainEvent =>
    told('ConversationEnded', minutes, {
      conversationId: 'c1',
      subjectId: 's1',
      outcome,
      startedAt: at(minutes - 5),
      endedAt: at(minutes),
      ...data,
    }),
  confirmed: (minutes: number, start: number, data: object = {}): DomainEvent =>
    told('AppointmentConfirmed', minutes, {
      appointmentId: 'a1',
      start: at(start),
      end: at(start + 5),
      ...data,
    }),
  moved: (minutes: number, from: number, start: number, by = 'capacity'): DomainEvent =>
    told('AppointmentMoved', minutes, {
      appointmentId: 'a1',
      fromStart: at(from),
      start: at(start),
      end: at(start + 5),
      by,
    }),
  cancelled: (minutes: number, reason = 'caller'): DomainEvent =>
    told('AppointmentCancelled', minutes, { appointmentId: 'a1', reason }),
  attempt: (minutes: number, attempt = 1, inWindow = true): DomainEvent =>
    told('AttemptStarted', minutes, { attemptId: `d${attempt}`, attempt, agentId: 'ag1', inWindow }),
  attemptEnded: (minutes: number, outcome: string, attempt = 1): DomainEvent =>
    told('AttemptEnded', minutes, { attemptId: `d${attempt}`, attempt, outcome }),
  connected: (minutes: number, briefed = true): DomainEvent =>
    told('CallerConnected', minutes, { agentId: 'ag1', briefed }),
  released: (minutes: number): DomainEvent =>
    told('AgentReleased', minutes, { agentId: 'ag1', reason: 'unavailable' }),
  missed: (minutes: number): DomainEvent => told('CallbackMissed', minutes, { reason: 'no-agent' }),
  completed: (minutes: number, data: object = {}): DomainEvent =>
    told('CallbackCompleted', minutes, {
      disposition: 'resolved',
      by: 'agent',
      attempts: 1,
      reAsked: false,
      handleSeconds: 240,
      issueType: 'billing-dispute',
      ...data,
    }),
  surveyed: (minutes: number): DomainEvent =>
    told('SurveyRequested', minutes, { surveyId: 'a1', subjectId: 's1' }),
  answered: (minutes: number, score: number): DomainEvent =>
    told('SurveyAnswered', minutes, { surveyId: 'a1', score }),
};

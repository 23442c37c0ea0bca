// What became of one handover, folded from its history. Live view, replay and time travel share this fold.
import {
  type ContextAmended,
  type DomainEvent,
  type HandoverOutcome,
  type HandoverProgress,
  evolveProgress,
} from '@handover/contracts';
import { fromIso, type Instant } from '@handover/kernel';
import { expiriesOf, judged, type Expiries } from './opportunities.js';

/**
 * One promise of a time: an appointment's window and how it ended. A moved appointment leaves the old one behind: `moved`
 * if we did it, `cancelled` if the caller did.
 */
export interface AppointmentFact {
  readonly appointmentId: string;
  readonly start: string;
  readonly end: string;
  readonly ended?: 'kept' | 'missed' | 'moved' | 'cancelled';
}

/**
 * Everything the metrics need of one handover. `repeatContact` is not in its events: whoever reads the outcome asks the
 * conversations.
 */
export interface Outcome extends Omit<HandoverOutcome, 'appointment' | 'status' | 'closed'> {
  readonly progress: HandoverProgress;
  readonly urgency: string;
  readonly connectedAt?: string;
  readonly expiries: Expiries;
  readonly voicemail: boolean;
  readonly appointments: readonly AppointmentFact[];
  readonly surveyRequested: boolean;
}

type Change = Partial<Outcome> | undefined;

const withLast = (outcome: Outcome, change: Partial<AppointmentFact>): readonly AppointmentFact[] =>
  outcome.appointments.map((fact, index) =>
    index === outcome.appointments.length - 1 ? { ...fact, ...change } : fact,
  );

/** Ends the last appointment in this way, unless it has ended already. */
const settle = (outcome: Outcome, ended: AppointmentFact['ended']): readonly AppointmentFact[] =>
  outcome.appointments.at(-1)?.ended ? outcome.appointments : withLast(outcome, { ended });

/** The same for what happens to a promise rather than to a callback: one whose window is over is broken, whoever gives it up. */
function giveUp(
  outcome: Outcome,
  ended: 'moved' | 'cancelled',
  occurredAt: string,
): readonly AppointmentFact[] {
  const last = outcome.appointments.at(-1);
  return settle(outcome, last && fromIso(last.end) <= fromIso(occurredAt) ? 'missed' : ended);
}

function afterAppointmentEvent(outcome: Outcome, event: DomainEvent): Change {
  switch (event.type) {
    case 'OffersHeld':
      return { offeredAt: outcome.offeredAt ?? event.data.occurredAt };
    case 'AppointmentConfirmed': {
      const { appointmentId, start, end } = event.data;
      return {
        appointmentStart: start,
        appointments: [...outcome.appointments, { appointmentId, start, end }],
      };
    }
    case 'AppointmentMoved': {
      const { appointmentId, start, end, by, occurredAt } = event.data;
      const old = giveUp(outcome, by === 'caller' ? 'cancelled' : 'moved', occurredAt);
      return { appointmentStart: start, appointments: [...old, { appointmentId, start, end }] };
    }
    case 'AppointmentCancelled':
      return { appointments: giveUp(outcome, 'cancelled', event.data.occurredAt) };
    default:
      return undefined;
  }
}

function afterCallbackEvent(outcome: Outcome, event: DomainEvent): Change {
  switch (event.type) {
    case 'AttemptStarted': {
      const { attempt, inWindow } = event.data;
      return { attempts: attempt, appointments: settle(outcome, inWindow ? 'kept' : 'missed') };
    }
    case 'AttemptEnded':
      return event.data.outcome === 'voicemail' ? { voicemail: true } : undefined;
    case 'CallerConnected':
      return {
        connectedAt: event.data.occurredAt,
        reached: true,
        contextPreserved: event.data.briefed,
      };
    case 'CallbackMissed':
      return { appointments: settle(outcome, 'missed') };
    case 'CallbackCompleted': {
      const { disposition, reAsked, opportunities, attempts } = event.data;
      const contextPreserved = outcome.connectedAt
        ? outcome.contextPreserved === true && reAsked === false
        : undefined;
      return {
        disposition,
        contextPreserved,
        opportunities: opportunities && judged(opportunities, outcome.expiries, outcome.connectedAt),
        attempts: Math.max(attempts, outcome.attempts),
      };
    }
    default:
      return undefined;
  }
}

const afterAmendment = (
  outcome: Outcome,
  { urgency, opportunities, removed = [] }: ContextAmended,
): Partial<Outcome> => ({
  urgency: urgency ?? outcome.urgency,
  expiries: removed.includes('opportunities')
    ? {}
    : opportunities
      ? expiriesOf(opportunities)
      : outcome.expiries,
});

function afterOtherEvent(outcome: Outcome, event: DomainEvent): Change {
  switch (event.type) {
    case 'ContextAmended':
      return afterAmendment(outcome, event.data);
    case 'SurveyRequested':
      return { surveyRequested: true };
    case 'SurveyAnswered':
      return { surveyScore: event.data.score };
    default:
      return undefined;
  }
}

/** A handover's history begins with its request; nothing before it counts. */
function begin(event: DomainEvent): Outcome | undefined {
  const progress = evolveProgress(undefined, event);
  if (event.type !== 'HandoverRequested' || !progress) return undefined;
  const { handoverId, conversationId, subjectId, issue, pool, language, urgency, opportunities, occurredAt } =
    event.data;
  return {
    handoverId,
    conversationId,
    subjectId,
    issueType: issue.type,
    pool,
    language,
    urgency,
    progress,
    requestedAt: occurredAt,
    attempts: 0,
    reached: false,
    expiries: expiriesOf(opportunities),
    voicemail: false,
    appointments: [],
    surveyRequested: false,
    repeatContact: false,
    asOf: occurredAt,
  };
}

/** Folds one event in. Unknown events, and all before `HandoverRequested`, change nothing. */
export function evolveOutcome(outcome: Outcome | undefined, event: DomainEvent): Outcome | undefined {
  if (!outcome) return begin(event);
  const progress = evolveProgress(outcome.progress, event) ?? outcome.progress;
  const change =
    afterAppointmentEvent(outcome, event) ??
    afterCallbackEvent(outcome, event) ??
    afterOtherEvent(outcome, event);
  if (!change && progress === outcome.progress) return outcome;
  const asOf = 'occurredAt' in event.data ? event.data.occurredAt : outcome.asOf;
  return { ...outcome, ...change, progress, asOf: asOf > outcome.asOf ? asOf : outcome.asOf };
}

/** How an appointment stands at a moment. One that fell due without a dial is broken, whether or not anyone said so. */
export function standing(fact: AppointmentFact, at: Instant): NonNullable<HandoverOutcome['appointment']> {
  switch (fact.ended) {
    case 'kept':
    case 'cancelled':
    case 'moved':
      return fact.ended;
    case 'missed':
      return 'broken';
    case undefined:
      return fromIso(fact.end) <= at ? 'broken' : 'pending';
  }
}

/** The record published on `handover.outcomes.state.v1`. */
export function outcomeRecord(outcome: Outcome, at: Instant): HandoverOutcome {
  const {
    progress: { status, closed },
    urgency: _urgency,
    connectedAt: _connectedAt,
    expiries: _expiries,
    voicemail: _voicemail,
    appointments,
    surveyRequested: _survey,
    ...record
  } = outcome;
  const last = appointments.at(-1);
  const appointment = last && { appointment: standing(last, at) };
  return { ...record, status, closed, ...appointment };
}

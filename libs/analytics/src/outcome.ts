// outcome.ts: what became of one handover, folded from its history. Live view, replay and time travel share this fold.
import { type DomainEvent, type HandoverOutcome, type HandoverStatus } from '@handover/contracts';
import { fromIso, type Instant, toIso } from '@handover/kernel';

/** One promise of a time: an appointment's window and how it ended. A moved appointment leaves the old one behind. */
export interface AppointmentFact {
  readonly appointmentId: string;
  readonly start: string;
  readonly end: string;
  readonly ended?: 'kept' | 'missed' | 'moved' | 'cancelled';
}

/** Everything the metrics need of one handover. */
export interface Outcome extends Omit<HandoverOutcome, 'appointment'> {
  readonly botId?: string;
  readonly urgency: string;
  readonly connected: boolean;
  readonly voicemail: boolean;
  readonly appointments: readonly AppointmentFact[];
  readonly surveyRequested: boolean;
}

type Change = Partial<Outcome> | undefined;

const end = (status: HandoverStatus): Change => ({ status, closed: true });

const withLast = (outcome: Outcome, change: Partial<AppointmentFact>): readonly AppointmentFact[] =>
  outcome.appointments.map((fact, index) =>
    index === outcome.appointments.length - 1 ? { ...fact, ...change } : fact,
  );

/** The last appointment ends in a way, unless it has already ended. */
const settle = (outcome: Outcome, ended: AppointmentFact['ended']): readonly AppointmentFact[] =>
  outcome.appointments.at(-1)?.ended ? outcome.appointments : withLast(outcome, { ended });

function afterAppointmentEvent(outcome: Outcome, event: DomainEvent): Change {
  switch (event.type) {
    case 'OffersHeld':
      return outcome.appointments.length > 0
        ? undefined
        : { status: 'offered', closed: false, offeredAt: outcome.offeredAt ?? event.data.occurredAt };
    case 'NoSlotFound':
      return outcome.appointments.length > 0 ? undefined : { status: 'no-slot' };
    case 'HoldExpired':
      return outcome.status === 'offered' ? { status: 'expired' } : undefined;
    case 'AppointmentConfirmed': {
      const { appointmentId, start, end: until } = event.data;
      return {
        status: 'scheduled',
        closed: false,
        appointmentStart: start,
        appointments: [...outcome.appointments, { appointmentId, start, end: until }],
      };
    }
    case 'AppointmentAtRisk':
      return { status: 'at-risk' };
    case 'AppointmentSecured':
      return { status: 'scheduled' };
    case 'AppointmentMoved': {
      const { appointmentId, start, end: until, by } = event.data;
      const old = by === 'caller' ? outcome.appointments.slice(0, -1) : settle(outcome, 'moved');
      return {
        status: 'scheduled',
        appointmentStart: start,
        appointments: [...old, { appointmentId, start, end: until }],
      };
    }
    case 'AppointmentCancelled':
      return {
        ...end(event.data.reason === 'superseded' ? 'superseded' : 'withdrawn'),
        appointments: settle(outcome, 'cancelled'),
      };
    default:
      return undefined;
  }
}

function afterCallbackEvent(outcome: Outcome, event: DomainEvent): Change {
  switch (event.type) {
    case 'BriefingPresented':
      return { status: 'briefing' };
    case 'AttemptStarted': {
      const { attempt, inWindow } = event.data;
      return {
        status: 'dialing',
        attempts: attempt,
        appointments: settle(outcome, inWindow ? 'kept' : 'missed'),
      };
    }
    case 'AttemptEnded':
      return event.data.outcome === 'voicemail' ? { voicemail: true } : undefined;
    case 'CallerConnected':
      return { status: 'connected', connected: true, reached: true, contextPreserved: event.data.briefed };
    case 'CallbackMissed':
      return { status: 'missed', appointments: settle(outcome, 'missed') };
    case 'CallbackCompleted': {
      const { disposition, reAsked, opportunities, attempts } = event.data;
      const contextPreserved = outcome.connected
        ? outcome.contextPreserved === true && reAsked === false
        : undefined;
      return {
        ...end('completed'),
        disposition,
        contextPreserved,
        opportunities,
        attempts: Math.max(attempts, outcome.attempts),
      };
    }
    case 'CallbackCancelled':
      return { closed: true };
    default:
      return undefined;
  }
}

function afterHandoverEvent(outcome: Outcome, event: DomainEvent): Change {
  switch (event.type) {
    case 'OffersDeclined':
      return end('declined');
    case 'HandoverWithdrawn':
      return end('withdrawn');
    case 'HandoverSuperseded':
      return end('superseded');
    case 'ContextAmended':
      return { urgency: event.data.urgency ?? outcome.urgency };
    case 'SurveyRequested':
      return { surveyRequested: true };
    case 'SurveyAnswered':
      return { surveyScore: event.data.score };
    default:
      return undefined;
  }
}

/** The first event of a handover's history makes the outcome; nothing before it counts. */
function begin(event: DomainEvent): Outcome | undefined {
  if (event.type !== 'HandoverRequested') return undefined;
  const { handoverId, conversationId, subjectId, issue, pool, language, urgency, occurredAt } = event.data;
  return {
    handoverId,
    conversationId,
    subjectId,
    issueType: issue.type,
    pool,
    language,
    urgency,
    status: 'requested',
    closed: false,
    requestedAt: occurredAt,
    attempts: 0,
    reached: false,
    connected: false,
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
  const change =
    afterHandoverEvent(outcome, event) ??
    afterAppointmentEvent(outcome, event) ??
    afterCallbackEvent(outcome, event);
  if (!change) return outcome;
  const asOf = 'occurredAt' in event.data ? event.data.occurredAt : outcome.asOf;
  return { ...outcome, ...change, asOf: asOf > outcome.asOf ? asOf : outcome.asOf };
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
    botId: _bot,
    urgency: _urgency,
    connected: _connected,
    voicemail: _voicemail,
    appointments,
    surveyRequested: _survey,
    ...record
  } = outcome;
  const last = appointments.at(-1);
  return { ...record, ...(last && { appointment: standing(last, at) }), asOf: outcome.asOf || toIso(at) };
}

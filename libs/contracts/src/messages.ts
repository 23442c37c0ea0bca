import { type Topic, topics } from './topics.js';
import * as callbacks from './callbacks/callbacks.js';
import * as agent from './capacity/agent.js';
import * as pool from './capacity/pool.js';
import * as capacity from './capacity/projection.js';
import * as conversations from './conversations/conversation.js';
import * as context from './handover/context.js';
import * as handover from './handover/events.js';
import * as slots from './slots/slots.js';
import * as outcome from './handover/outcome.js';
import * as surveys from './surveys/surveys.js';
import { currentVersion } from './upcasting/index.js';

type Class = new () => object;

/** One kind of message: its `ce_type`, the class that holds its rules, and the topic that carries it. */
export interface MessageDefinition {
  readonly type: string;
  readonly version: number;
  readonly data: Class;
  /** Absent: stored only, not published. */
  readonly topic?: Topic;
}

const on = (topic: Topic | undefined, classes: Record<string, Class>): MessageDefinition[] =>
  Object.entries(classes).map(([type, data]) => ({ type, version: currentVersion(type), data, topic }));

/** Commands: imperative, `<entity>.<verb>`. The first four groups are open to integrators. */
export const commands: readonly MessageDefinition[] = [
  ...on(topics.conversationCommands, { 'conversation.report': conversations.ConversationReport }),
  ...on(topics.handoverCommands, {
    'handover.request': context.HandoverRequest,
    'handover.amend-context': handover.AmendContext,
    'handover.accept-offer': handover.AcceptOffer,
    'handover.decline-offers': handover.DeclineOffers,
    'handover.withdraw': handover.WithdrawHandover,
  }),
  ...on(topics.capacityCommands, {
    'agent.set-state': agent.SetAgentState,
    'inbound-load.observe': capacity.ObserveInboundLoad,
  }),
  ...on(topics.surveyCommands, { 'survey.answer': surveys.AnswerSurvey }),
  ...on(topics.slotCommands, {
    'slots.request': slots.RequestSlots,
    'slots.confirm': slots.ConfirmSlot,
    'slots.release': slots.ReleaseSlots,
    'slots.cancel': slots.CancelAppointment,
    'slots.apply-capacity': capacity.CapacityProjected,
  }),
  ...on(topics.callbackCommands, {
    'callbacks.schedule': callbacks.ScheduleCallback,
    'callbacks.reschedule': callbacks.RescheduleCallback,
    'callbacks.cancel': callbacks.CancelCallback,
  }),
];

/** The class behind each stored event, by the category of stream that holds it. */
export const eventClasses = {
  conversation: { ConversationEnded: conversations.ConversationEnded },
  handover: {
    HandoverRequested: handover.HandoverRequested,
    ContextAmended: handover.ContextAmended,
    OfferAccepted: handover.OfferAccepted,
    OffersDeclined: handover.OffersDeclined,
    HandoverWithdrawn: handover.HandoverWithdrawn,
    HandoverSuperseded: handover.HandoverSuperseded,
  },
  capacity: {
    PoolConfigured: pool.PoolConfigured,
    AgentRegistered: agent.AgentRegistered,
    ShiftPlanned: agent.ShiftPlanned,
    ShiftChanged: agent.ShiftChanged,
    ShiftRemoved: agent.ShiftRemoved,
    AgentStateChanged: agent.AgentStateChanged,
    InboundLoadObserved: capacity.InboundLoadObserved,
    HandleTimeObserved: capacity.HandleTimeObserved,
    CapacityProjected: capacity.CapacityProjected,
  },
  appointment: {
    OffersHeld: slots.OffersHeld,
    NoSlotFound: slots.NoSlotFound,
    AppointmentConfirmed: slots.AppointmentConfirmed,
    ConfirmationRefused: slots.ConfirmationRefused,
    OfferReleased: slots.OfferReleased,
    HoldExpired: slots.HoldExpired,
    AppointmentAtRisk: slots.AppointmentAtRisk,
    AppointmentSecured: slots.AppointmentSecured,
    AppointmentMoved: slots.AppointmentMoved,
    AppointmentCancelled: slots.AppointmentCancelled,
  },
  book: { BookOpened: slots.BookOpened },
  callback: {
    CallbackScheduled: callbacks.CallbackScheduled,
    CallbackRescheduled: callbacks.CallbackRescheduled,
    AgentAssigned: callbacks.AgentAssigned,
    AgentReleased: callbacks.AgentReleased,
    BriefingPresented: callbacks.BriefingPresented,
    BriefingAcknowledged: callbacks.BriefingAcknowledged,
    AttemptStarted: callbacks.AttemptStarted,
    AttemptEnded: callbacks.AttemptEnded,
    CallerConnected: callbacks.CallerConnected,
    CallbackCompleted: callbacks.CallbackCompleted,
    CallbackMissed: callbacks.CallbackMissed,
    CallbackCancelled: callbacks.CallbackCancelled,
  },
  survey: { SurveyRequested: surveys.SurveyRequested, SurveyAnswered: surveys.SurveyAnswered },
} as const;

/** Events: past tense, storage formats; never renamed, changed by addition only. */
export const events: readonly MessageDefinition[] = [
  ...on(topics.conversationEvents, eventClasses.conversation),
  ...on(topics.handoverEvents, eventClasses.handover),
  ...on(undefined, eventClasses.capacity),
  ...on(topics.appointmentEvents, eventClasses.appointment),
  ...on(undefined, eventClasses.book),
  ...on(topics.callbackEvents, eventClasses.callback),
  ...on(topics.surveyEvents, eventClasses.survey),
];

/** State records on compacted topics. */
export const records: readonly MessageDefinition[] = [
  ...on(topics.agentState, { AgentRecord: agent.AgentRecord }),
  ...on(topics.capacityState, { CapacityRecord: capacity.CapacityRecord }),
  ...on(topics.outcomeState, { HandoverOutcome: outcome.HandoverOutcome }),
];

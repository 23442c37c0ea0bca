import { dayMs } from '@handover/kernel';

/** `handover.<entity>.<events|state|commands>.v<major>`. */
export const topics = {
  conversationCommands: 'handover.conversations.commands.v1',
  handoverCommands: 'handover.handovers.commands.v1',
  capacityCommands: 'handover.capacity.commands.v1',
  surveyCommands: 'handover.surveys.commands.v1',
  slotCommands: 'handover.slots.commands.v1',
  callbackCommands: 'handover.callbacks.commands.v1',
  conversationEvents: 'handover.conversations.events.v1',
  handoverEvents: 'handover.handovers.events.v1',
  appointmentEvents: 'handover.appointments.events.v1',
  callbackEvents: 'handover.callbacks.events.v1',
  surveyEvents: 'handover.surveys.events.v1',
  agentState: 'handover.agents.state.v1',
  capacityState: 'handover.capacity.state.v1',
  outcomeState: 'handover.outcomes.state.v1',
} as const;

export type Topic = (typeof topics)[keyof typeof topics];

export interface TopicDefinition {
  readonly name: Topic;
  /** What a key is: all messages of one key keep their order. */
  readonly key: string;
  readonly partitions: number;
  readonly compacted?: boolean;
  readonly retentionMs?: number;
  readonly purpose: string;
}

const week = 7 * dayMs;

/** Every topic, its key, partitions and retention; `handover topics apply` creates them, deploy/kafka lists them. */
export const topicDefinitions: readonly TopicDefinition[] = [
  {
    name: topics.conversationCommands,
    key: 'conversation',
    partitions: 12,
    retentionMs: week,
    purpose: 'Bots report how conversations ended.',
  },
  {
    name: topics.handoverCommands,
    key: 'handover or idempotency key',
    partitions: 12,
    retentionMs: week,
    purpose: 'Bots ask for, accept, decline and amend handovers.',
  },
  {
    name: topics.capacityCommands,
    key: 'agent or pool',
    partitions: 12,
    retentionMs: week,
    purpose: 'Workforce and contact-centre systems report agent states and inbound load.',
  },
  {
    name: topics.surveyCommands,
    key: 'survey',
    partitions: 12,
    retentionMs: week,
    purpose: 'Survey tools report answers.',
  },
  {
    name: topics.slotCommands,
    key: 'pool',
    partitions: 12,
    retentionMs: week,
    purpose: "Commands to the one writer of a pool's slot book.",
  },
  {
    name: topics.callbackCommands,
    key: 'pool',
    partitions: 12,
    retentionMs: week,
    purpose: 'Commands to the one dialing owner of a pool.',
  },
  {
    name: topics.conversationEvents,
    key: 'conversation',
    partitions: 12,
    retentionMs: week,
    purpose: 'How conversations ended.',
  },
  {
    name: topics.handoverEvents,
    key: 'handover',
    partitions: 12,
    retentionMs: week,
    purpose: 'What bots and callers asked for and decided.',
  },
  {
    name: topics.appointmentEvents,
    key: 'handover',
    partitions: 12,
    retentionMs: week,
    purpose: 'Offers, appointments, and what became of them before the call.',
  },
  {
    name: topics.callbackEvents,
    key: 'handover',
    partitions: 12,
    retentionMs: week,
    purpose: 'Briefings, attempts and outcomes of callbacks.',
  },
  {
    name: topics.surveyEvents,
    key: 'handover',
    partitions: 12,
    retentionMs: week,
    purpose: 'Surveys to send and their answers.',
  },
  {
    name: topics.agentState,
    key: 'agent',
    partitions: 12,
    compacted: true,
    purpose: "Each agent's profile and live state.",
  },
  {
    name: topics.capacityState,
    key: 'pool/group',
    partitions: 12,
    compacted: true,
    purpose: 'Callbacks that may be in progress, by pool, skill group and cell.',
  },
  {
    name: topics.outcomeState,
    key: 'handover',
    partitions: 12,
    compacted: true,
    purpose: 'One current record per handover: what became of it.',
  },
];

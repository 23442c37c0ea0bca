// How one caller's contact with a bot ended: reported once.
import {
  type VersionedEvent,
  type ConversationEnded,
  type ConversationReport,
  type ConversationEvent,
  type Implausible,
  domainEvent,
  implausible,
  streams,
} from '@handover/contracts';
import { type Decision, type Instant, type Refusal, toIso } from '@handover/kernel';
import { canonicalJson, plain } from './plain.js';
import { implausibleReport } from './plausibility.js';

export const conversationStream = streams.conversation;

export interface Conversation {
  readonly ended?: ConversationEnded;
}

export const noConversation: Conversation = {};

export function evolveConversation(conversation: Conversation, stored: VersionedEvent): Conversation {
  const event = domainEvent(stored);
  return event?.type === 'ConversationEnded' ? { ended: event.data } : conversation;
}

export type ReportRefused = Refusal<'conversation-differs'> | Implausible;

/** Takes the report; nothing to do if the same was reported before. */
export function reportConversation(
  { ended }: Conversation,
  report: ConversationReport,
  now: Instant,
): Decision<ConversationEvent, ReportRefused> {
  const told = plain(report);
  if (!ended) {
    const violations = implausibleReport(told, now);
    if (violations.length > 0) return implausible(violations);
    return [{ type: 'ConversationEnded', data: { ...told, occurredAt: toIso(now) } }];
  }
  const { occurredAt: _, ...before } = ended;
  return canonicalJson(before) === canonicalJson(told)
    ? []
    : {
        refused: 'conversation-differs',
        why: `Conversation ${told.conversationId} was already reported with other values; the first report stands.`,
      };
}

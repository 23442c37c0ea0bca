// What is known of one caller's contact with a bot, from the bot's report and from the handover of it.
import { type ConversationReport, type DomainEvent } from '@handover/contracts';

/** A conversation. One that nobody has reported is known from its handover: it began and ended when that was requested. */
export interface Conversation extends ConversationReport {
  /** When it was first heard of. */
  readonly knownAt: string;
  /** Its handover got an appointment: then it was neither contained nor abandoned, whatever is reported. */
  readonly appointed: boolean;
}

/** Folds in one event of the conversation or of its handover; any other changes nothing. */
export function evolveConversation(
  known: Conversation | undefined,
  event: DomainEvent,
): Conversation | undefined {
  switch (event.type) {
    case 'ConversationEnded': {
      const { occurredAt, ...report } = event.data;
      const { knownAt = occurredAt, appointed = false } = known ?? {};
      const outcome = appointed ? 'handed-over' : report.outcome;
      return { ...known, ...report, outcome, knownAt, appointed };
    }
    case 'HandoverRequested': {
      const { conversationId, subjectId, issue, language, occurredAt } = event.data;
      return {
        conversationId,
        subjectId,
        outcome: 'handed-over',
        issueType: issue.type,
        language,
        startedAt: occurredAt,
        endedAt: occurredAt,
        knownAt: occurredAt,
        appointed: false,
        ...known,
      };
    }
    case 'AppointmentConfirmed':
      return known && { ...known, outcome: 'handed-over', appointed: true };
    default:
      return known;
  }
}

import {
  type HandoverRequested,
  type RequestSlots,
  domainEvent,
  published,
  topics,
} from '@handover/contracts';
import { fromIso } from '@handover/kernel';
import { type Outgoing, type StoredEvent } from '@handover/platform';

/** What intake says to others: its events without what is personal, and commands to the one writer of the pool's slot book. */
export function publishes(stored: StoredEvent): readonly Outgoing[] {
  const event = domainEvent(stored);
  switch (event?.type) {
    case 'ConversationEnded':
      return [
        {
          topic: topics.conversationEvents,
          key: event.data.conversationId,
          type: event.type,
          data: event.data,
        },
      ];
    case 'HandoverRequested':
      return [eventOf(stored, event.data), slotCommand('slots.request', slotsWanted(event.data, stored.id))];
    case 'OfferAccepted': {
      const { handoverId, pool, offerId, occurredAt } = event.data;
      const confirm = { requestId: stored.id, handoverId, pool, offerId, occurredAt };
      return [eventOf(stored, event.data), slotCommand('slots.confirm', confirm)];
    }
    case 'OffersDeclined':
      return [eventOf(stored, event.data), slotCommand('slots.release', withoutReason(event.data))];
    case 'HandoverWithdrawn':
      return [eventOf(stored, event.data), slotCommand('slots.cancel', withoutReason(event.data))];
    case 'ContextAmended':
    case 'HandoverSuperseded':
      return [eventOf(stored, event.data)];
    default:
      return [];
  }
}

function eventOf({ type }: StoredEvent, data: { handoverId: string; personal?: unknown }): Outgoing {
  return { topic: topics.handoverEvents, key: data.handoverId, type, data: published(data) };
}

const slotCommand = (type: string, data: { pool: string }): Outgoing => ({
  topic: topics.slotCommands,
  key: data.pool,
  type,
  data,
});

const withoutReason = ({
  handoverId,
  pool,
  occurredAt,
}: {
  handoverId: string;
  pool: string;
  occurredAt: string;
}) => ({
  handoverId,
  pool,
  occurredAt,
});

function slotsWanted(requested: HandoverRequested, requestId: string): RequestSlots {
  const { handoverId, pool, skills, subjectId, urgency, language, timeZone, country, wishes, occurredAt } =
    requested;
  const opportunityExpiresAt = firstExpiry(requested);
  return {
    requestId,
    handoverId,
    pool,
    skills,
    subjectId,
    issueType: requested.issue.type,
    urgency,
    language,
    timeZone,
    ...(country && { country }),
    ...(wishes && { wishes }),
    ...(opportunityExpiresAt && { opportunityExpiresAt }),
    occurredAt,
  };
}

/** When the first opportunity that is still open expires: it is better to call before. */
const firstExpiry = ({ opportunities = [], occurredAt }: HandoverRequested): string | undefined =>
  opportunities
    .map(({ expiresAt }) => expiresAt)
    .filter((expiresAt) => fromIso(expiresAt) > fromIso(occurredAt))
    .sort((a, b) => fromIso(a) - fromIso(b))[0];

import { domainEvent, published, topics } from '@handover/contracts';
import { type Outgoing, type StoredEvent } from '@handover/platform';

/** What analytics says to others: surveys to send, and their answers without what the caller said. */
export function publishes(stored: StoredEvent): readonly Outgoing[] {
  const event = domainEvent(stored);
  if (event?.type !== 'SurveyRequested' && event?.type !== 'SurveyAnswered') return [];
  const data = published(event.data);
  return [{ topic: topics.surveyEvents, key: event.data.handoverId, type: event.type, data }];
}

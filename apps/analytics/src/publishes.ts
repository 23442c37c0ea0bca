import { topics, type SurveyAnswered, type SurveyRequested } from '@handover/contracts';
import { type Outgoing, type StoredEvent } from '@handover/platform';

/** What analytics says to others: surveys to send, and their answers without what the caller said. */
export function publishes(event: StoredEvent): readonly Outgoing[] {
  const { personal: _personal, ...data } = event.data as unknown as SurveyRequested & SurveyAnswered;
  return [{ topic: topics.surveyEvents, key: data.handoverId, type: event.type, data }];
}

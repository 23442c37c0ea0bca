import { Inject, Injectable } from '@nestjs/common';
import {
  answerSurvey,
  evolveSurvey,
  noSurvey,
  requestSurvey,
  surveyStream,
  type AnswerRefused,
  type Survey,
} from '@handover/analytics';
import {
  streams,
  type AnswerSurvey,
  type CallbackCompleted,
  currentVersion,
  domainEvent,
} from '@handover/contracts';
import { type Clock } from '@handover/kernel';
import { CLOCK, STORE, handle, type Cause, type EventStore, type Handled } from '@handover/platform';

const aggregate = { initial: noSurvey, evolve: evolveSurvey, versionOf: currentVersion };

/** Asks callers who spoke with a person, and takes their answers. */
@Injectable()
export class Surveys {
  constructor(
    @Inject(STORE) private readonly store: EventStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  async request(callback: CallbackCompleted, cause: Cause): Promise<void> {
    const subjectId = await this.subjectOf(callback.handoverId);
    if (!subjectId) return;
    await handle(
      { store: this.store, clock: this.clock },
      {
        stream: surveyStream(callback.callbackId),
        aggregate,
        cause: { ...cause, correlationId: callback.handoverId },
        decide: (survey) => requestSurvey(survey, callback, subjectId, this.clock.now()),
      },
    );
  }

  async answer(answer: AnswerSurvey, cause: Cause): Promise<Handled<Survey, AnswerRefused>> {
    const handoverId = await this.handoverOf(answer.surveyId);
    return handle<Survey, AnswerRefused>(
      { store: this.store, clock: this.clock },
      {
        stream: surveyStream(answer.surveyId),
        aggregate,
        cause: { ...cause, correlationId: handoverId ?? answer.surveyId },
        decide: (survey) => answerSurvey(survey, answer, this.clock.now()),
      },
    );
  }

  private async subjectOf(handoverId: string): Promise<string | undefined> {
    for await (const stored of this.store.readStream(streams.handover(handoverId), { limit: 1 })) {
      const event = domainEvent(stored);
      if (event?.type === 'HandoverRequested') return event.data.subjectId;
    }
    return undefined;
  }

  private async handoverOf(surveyId: string): Promise<string | undefined> {
    for await (const event of this.store.readStream(surveyStream(surveyId), { limit: 1 }))
      return event.metadata.correlationId;
    return undefined;
  }
}

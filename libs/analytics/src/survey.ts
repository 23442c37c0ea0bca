// One question to a caller who was called back, and the answer.
import {
  type VersionedEvent,
  domainEvent,
  implausible,
  pastMoment,
  streams,
  type AnswerSurvey,
  type CallbackCompleted,
  type Implausible,
  type SurveyAnswered,
  type SurveyRequested,
  type SurveyEvent,
} from '@handover/contracts';
import { type Decision, type Instant, type Refusal, toIso } from '@handover/kernel';

/** The survey's id is the callback's: one survey per callback. */
export const surveyStream = streams.survey;

/** Nothing is known of it, it was asked, or it was answered. */
export interface Survey {
  readonly requested?: SurveyRequested;
  readonly answer?: SurveyAnswered;
}

export const noSurvey: Survey = {};

export function evolveSurvey(survey: Survey, stored: VersionedEvent): Survey {
  const event = domainEvent(stored);
  switch (event?.type) {
    case 'SurveyRequested':
      return { ...survey, requested: event.data };
    case 'SurveyAnswered':
      return { ...survey, answer: event.data };
    default:
      return survey;
  }
}

export type AnswerRefused = Implausible | Refusal<'unknown-survey' | 'already-answered'>;

/** A caller who spoke with a person is asked; who was never reached has nothing to rate. */
export function requestSurvey(
  survey: Survey,
  callback: CallbackCompleted,
  subjectId: string,
  now: Instant,
): SurveyEvent[] {
  const spoke = callback.disposition === 'resolved' || callback.disposition === 'follow-up';
  if (survey.requested || !spoke) return [];
  const { callbackId, handoverId } = callback;
  return [
    {
      type: 'SurveyRequested',
      data: { surveyId: callbackId, handoverId, callbackId, subjectId, occurredAt: toIso(now) },
    },
  ];
}

/** The first answer stands; the same score again is the same answer. */
export function answerSurvey(
  survey: Survey,
  answer: AnswerSurvey,
  now: Instant,
): Decision<SurveyEvent, AnswerRefused> {
  if (!survey.requested)
    return { refused: 'unknown-survey', why: `No survey ${answer.surveyId} was requested.` };
  const violations = pastMoment('answeredAt', answer.answeredAt, now);
  if (violations.length > 0) return implausible(violations);
  if (survey.answer?.score === answer.score) return [];
  if (survey.answer)
    return {
      refused: 'already-answered',
      why: `Survey ${answer.surveyId} was answered before, with another score.`,
    };
  return [
    {
      type: 'SurveyAnswered',
      data: { ...answer, handoverId: survey.requested.handoverId, occurredAt: toIso(now) },
    },
  ];
}

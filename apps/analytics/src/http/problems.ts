import { type AnswerRefused } from '@handover/analytics';
import { Problem, brokenRules, problemsOf } from '@handover/platform';

/** A refusal as problem details. */
export const problemOf = problemsOf<AnswerRefused['refused']>({
  implausible: brokenRules,
  'unknown-survey': { status: 404, title: 'No such survey' },
  'already-answered': { status: 409, title: 'The survey was answered before' },
});

export const unknownHandover = (handoverId: string): Problem =>
  new Problem({
    type: 'unknown-handover',
    title: 'No such handover',
    status: 404,
    detail: `No handover ${handoverId} is in the log.`,
  });

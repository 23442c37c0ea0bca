import { type CallbackCompleted } from '@handover/contracts';
import { answerSurvey, evolveSurvey, noSurvey, requestSurvey, type Survey } from './survey.js';
import { noon, story } from './testing/story.js';

const completed = (more: object = {}): CallbackCompleted =>
  story.completed(66, more).data as CallbackCompleted;
const requested = (): Survey =>
  requestSurvey(noSurvey, completed(), 's1', noon).reduce(evolveSurvey, noSurvey);
const answer = (score: number) => ({ surveyId: 'a1', score });

describe('a survey', () => {
  it('goes to a caller who spoke with a person, once', () => {
    expect(requestSurvey(noSurvey, completed(), 's1', noon)).toMatchObject([
      { type: 'SurveyRequested', data: { surveyId: 'a1', subjectId: 's1' } },
    ]);
    expect(requestSurvey(requested(), completed(), 's1', noon)).toEqual([]);
  });

  it.each(['voicemail', 'no-answer', 'busy', 'wrong-number', 'declined', 'failed'])(
    'is not sent after %s',
    (disposition) => {
      expect(requestSurvey(noSurvey, completed({ disposition }), 's1', noon)).toEqual([]);
    },
  );

  it('keeps its first answer; the same score again changes nothing, another is refused', () => {
    const first = answerSurvey(requested(), answer(4), noon);
    expect(first).toMatchObject([{ type: 'SurveyAnswered', data: { score: 4, handoverId: 'h1' } }]);
    const answered = (first as { type: string; data: unknown }[]).reduce(evolveSurvey, requested());
    expect(answerSurvey(answered, answer(4), noon)).toEqual([]);
    expect(answerSurvey(answered, answer(1), noon)).toMatchObject({ refused: 'already-answered' });
  });

  it('was not answered in the future', () => {
    expect(
      answerSurvey(requested(), { ...answer(4), answeredAt: '2090-01-01T00:00:00Z' }, noon),
    ).toMatchObject({
      violations: [{ field: 'answeredAt', rule: 'must not be in the future' }],
    });
  });

  it('that nobody asked for takes no answer', () => {
    expect(answerSurvey(noSurvey, answer(4), noon)).toMatchObject({ refused: 'unknown-survey' });
  });
});

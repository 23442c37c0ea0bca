import { Body, Controller, Headers, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { type AnswerRefused } from '@handover/analytics';
import { AnswerSurvey, CallbackCompleted, SurveyAnswer, SurveyPath } from '@handover/contracts';
import { idFrom } from '@handover/kernel';
import { MessageContext, MessageFault, Problem } from '@handover/platform';
import { SurveysService } from './surveys.service.js';

const kinds: Readonly<Record<AnswerRefused['refused'], { type?: string; title: string; status: number }>> = {
  implausible: { type: 'invalid-request', title: 'The request breaks rules', status: 400 },
  'unknown-survey': { title: 'No such survey', status: 404 },
  'already-answered': { title: 'The survey was answered before', status: 409 },
};

const problemOf = ({ refused, why, ...more }: AnswerRefused): Problem =>
  new Problem({ type: refused, ...kinds[refused], detail: why, ...more });

@Controller('v1/surveys')
export class SurveysController {
  constructor(@Inject(SurveysService) private readonly surveys: SurveysService) {}

  /** The caller's answer, 1 to 5. The first stands. */
  @Post(':surveyId/answer')
  @HttpCode(202)
  async answer(
    @Param() { surveyId }: SurveyPath,
    @Body() body: SurveyAnswer,
    @Headers('traceparent') traceparent?: string,
  ): Promise<{ surveyId: string; score: number }> {
    const cause = { id: idFrom('survey-answer', surveyId, body.score), correlationId: surveyId, traceparent };
    const { refused } = await this.surveys.answer({ ...body, surveyId }, cause);
    if (!refused) return { surveyId, score: body.score };
    throw problemOf(refused);
  }

  @EventPattern<string>('survey.answer')
  async onAnswer(@Payload() command: AnswerSurvey, @Ctx() { cause }: MessageContext): Promise<void> {
    const { refused } = await this.surveys.answer(command, cause);
    if (refused) throw new MessageFault(refused.why);
  }

  @EventPattern<string>('CallbackCompleted')
  async onCompleted(@Payload() callback: CallbackCompleted, @Ctx() { cause }: MessageContext): Promise<void> {
    await this.surveys.request(callback, cause);
  }
}

import { Body, Controller, Headers, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiAcceptedResponse } from '@nestjs/swagger';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { type AnswerRefused } from '@handover/analytics';
import { AnswerSurvey, CallbackCompleted, SurveyAnswer, SurveyPath, SurveyTaken } from '@handover/contracts';
import { idFrom } from '@handover/kernel';
import { MessageContext, MessageFault, Operation, Problem } from '@handover/platform';
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

  @Post(':surveyId/answer')
  @Operation("A caller's answer, 1 to 5", {
    description: 'The first stands; the same score again changes nothing.',
    refusals: { 404: ['unknown-survey'], 409: ['already-answered'] },
  })
  @ApiAcceptedResponse({ type: SurveyTaken, description: 'Taken; it shows in the metrics a moment later.' })
  @HttpCode(202)
  async answer(
    @Param() { surveyId }: SurveyPath,
    @Body() body: SurveyAnswer,
    @Headers('traceparent') traceparent?: string,
  ): Promise<SurveyTaken> {
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

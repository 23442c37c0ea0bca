import { Body, Controller, Headers, HttpCode, Inject, Param, Post } from '@nestjs/common';
import { ApiAcceptedResponse } from '@nestjs/swagger';
import { SurveyAnswer, SurveyPath, SurveyTaken } from '@handover/contracts';
import { idFrom } from '@handover/kernel';
import { Operation } from '@handover/platform';
import { Surveys } from '../surveys.js';
import { problemOf } from './problems.js';

@Controller('v1/surveys')
export class SurveysController {
  constructor(@Inject(Surveys) private readonly surveys: Surveys) {}

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
}

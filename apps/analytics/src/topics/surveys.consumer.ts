import { Controller, Inject } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { AnswerSurvey, CallbackCompleted } from '@handover/contracts';
import { MessageContext, MessageFault } from '@handover/platform';
import { Surveys } from '../surveys.js';

/** What survey tools and dialing say by topic. */
@Controller()
export class SurveysConsumer {
  constructor(@Inject(Surveys) private readonly surveys: Surveys) {}

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

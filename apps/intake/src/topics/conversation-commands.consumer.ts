import { Controller, Inject } from '@nestjs/common';
import { Ctx, EventPattern, Payload } from '@nestjs/microservices';
import { ConversationReport } from '@handover/contracts';
import { isRefusal } from '@handover/kernel';
import { MessageContext } from '@handover/platform';
import { ConversationReports } from '../conversation-reports.js';
import { wrongMessage } from './refused-message.js';

@Controller()
export class ConversationCommandsConsumer {
  constructor(@Inject(ConversationReports) private readonly reports: ConversationReports) {}

  @EventPattern<string>('conversation.report')
  async report(@Payload() report: ConversationReport, @Ctx() { cause }: MessageContext): Promise<void> {
    const ended = await this.reports.take(report, cause);
    if (isRefusal(ended)) throw wrongMessage(ended);
  }
}

import { Body, Controller, Headers, Inject, Post } from '@nestjs/common';
import { ApiCreatedResponse } from '@nestjs/swagger';
import { ConversationAnswer, ConversationReport } from '@handover/contracts';
import { type Ids, isRefusal } from '@handover/kernel';
import { IDS, Operation } from '@handover/platform';
import { ConversationReports } from '../conversation-reports.js';
import { type Headers as HttpHeaders, causeOf } from './client.js';
import { problemOf } from './problems.js';

@Controller('v1/conversations')
export class ConversationsController {
  constructor(
    @Inject(IDS) private readonly ids: Ids,
    @Inject(ConversationReports) private readonly reports: ConversationReports,
  ) {}

  @Post()
  @Operation('Report how a conversation ended', {
    description:
      'Any conversation of the bot, handed over or not: containment is counted from these. The same report again gets the same answer.',
    refusals: { 409: ['conversation-differs'] },
  })
  @ApiCreatedResponse({ type: ConversationAnswer })
  async report(
    @Body() report: ConversationReport,
    @Headers() headers: HttpHeaders,
  ): Promise<ConversationAnswer> {
    const ended = await this.reports.take(report, causeOf(`reports/${this.ids.next()}`, headers));
    if (isRefusal(ended)) throw problemOf(ended);
    const { conversationId, outcome, occurredAt: recordedAt } = ended;
    return { conversationId, outcome, recordedAt };
  }
}

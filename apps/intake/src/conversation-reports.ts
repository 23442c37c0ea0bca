import { Inject, Injectable } from '@nestjs/common';
import { type ConversationEnded, type ConversationReport, currentVersion } from '@handover/contracts';
import {
  type Conversation,
  type ReportRefused,
  conversationStream,
  evolveConversation,
  noConversation,
  reportConversation,
} from '@handover/intake';
import { type Clock } from '@handover/kernel';
import { CLOCK, STORE, type Cause, type EventStore, handle } from '@handover/platform';

const aggregate = { initial: noConversation, evolve: evolveConversation, versionOf: currentVersion };

/** Records how conversations ended, whichever way the report came. */
@Injectable()
export class ConversationReports {
  constructor(
    @Inject(STORE) private readonly store: EventStore,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** What is recorded: the report, or the same one of earlier. */
  async take(
    report: ConversationReport,
    cause: Omit<Cause, 'correlationId'>,
  ): Promise<ConversationEnded | ReportRefused> {
    const { state, refused } = await handle<Conversation, ReportRefused>(
      { store: this.store, clock: this.clock },
      {
        stream: conversationStream(report.conversationId),
        aggregate,
        cause: { ...cause, correlationId: report.conversationId },
        decide: (conversation) => reportConversation(conversation, report, this.clock.now()),
      },
    );
    if (refused) return refused;
    if (!state.ended) throw new Error('A report that was not refused is recorded.');
    return state.ended;
  }
}

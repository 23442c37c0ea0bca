import { Module } from '@nestjs/common';
import { CONFIG } from '@handover/platform';
import { ConversationReports } from './conversation-reports.js';
import { HandoverCommands } from './handover-commands.js';
import { Asking } from './http/asking.js';
import { ConversationsController } from './http/conversations.controller.js';
import { HandoversController } from './http/handovers.controller.js';
import { Replies } from './replies/replies.js';
import { ReservationAnswers } from './replies/reservation-answers.js';
import { ROUTING, routingTable } from './routing.js';
import { ConversationCommandsConsumer } from './topics/conversation-commands.consumer.js';
import { HandoverCommandsConsumer } from './topics/handover-commands.consumer.js';

@Module({
  controllers: [
    ConversationsController,
    HandoversController,
    ConversationCommandsConsumer,
    HandoverCommandsConsumer,
  ],
  providers: [
    { provide: ROUTING, useFactory: routingTable, inject: [CONFIG] },
    ConversationReports,
    HandoverCommands,
    Replies,
    ReservationAnswers,
    Asking,
  ],
})
export class IntakeModule {}

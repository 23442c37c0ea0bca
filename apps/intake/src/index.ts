import { categoriesOf, topics } from '@handover/contracts';
import { type ServiceDefinition } from '@handover/platform';
import { IntakeModule } from './intake.module.js';
import { publishes } from './publishes.js';
import { Replies } from './replies/replies.js';

/** Where bots come in: conversations, handovers, what callers decide about them. */
export const intakeService: ServiceDefinition = {
  name: 'intake',
  title: 'Intake',
  module: IntakeModule,
  consumes: [topics.conversationCommands, topics.handoverCommands, topics.appointmentEvents],
  categories: categoriesOf.intake,
  publishes,
  readiness: Replies,
  routes: [/^\/v1\/(conversations|handovers)\b/],
};

import { categoriesOf, topics } from '@handover/contracts';
import { type ServiceDefinition } from '@handover/platform';
import { AnalyticsModule } from './analytics.module.js';
import { outcomesView } from './outcomes/outcomes-view.js';
import { publishes } from './publishes.js';

/** Histories, metrics, surveys: what became of every handover. */
export const analyticsService: ServiceDefinition = {
  name: 'analytics',
  title: 'Analytics',
  module: AnalyticsModule,
  consumes: [topics.surveyCommands, topics.callbackEvents],
  categories: categoriesOf.analytics,
  publishes,
  projections: [outcomesView],
  routes: [/^\/v1\/handovers\/[^/]+\/history$/, /^\/v1\/(metrics|outcomes|surveys)\b/],
};

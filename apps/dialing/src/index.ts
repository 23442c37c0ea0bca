import { categoriesOf, topics } from '@handover/contracts';
import { type ServiceDefinition } from '@handover/platform';
import { DialingModule } from './dialing.module.js';
import { Driver } from './driving/driver.js';
import { publishes } from './publishes.js';
import { situationView } from './situation/situation-view.js';

/** Keeps appointments: chooses agents, briefs them, dials, and records how each callback ends. */
export const dialingService: ServiceDefinition = {
  name: 'dialing',
  title: 'Dialing',
  module: DialingModule,
  consumes: [topics.callbackCommands],
  categories: categoriesOf.dialing,
  publishes,
  readiness: Driver,
  projections: [situationView],
  routes: [/^\/desk\b/, /^\/v1\/callbacks\b/, /^\/v1\/agents\/[^/]+\/briefings\b/],
};

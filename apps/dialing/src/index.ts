import { categoriesOf, topics } from '@handover/contracts';
import { type ServiceDefinition } from '@handover/platform';
import { DialingModule } from './dialing.module.js';
import { Driver } from './driving/driver.js';
import { callbackOf } from './topics/order-of-commands.js';
import { publishes } from './publishes.js';
import { situationView } from './situation/situation-view.js';

/** Keeps appointments: chooses agents, briefs them, dials, and records how each callback ends. */
export const dialingService: ServiceDefinition = {
  name: 'dialing',
  title: 'Dialing',
  module: DialingModule,
  consumes: [topics.callbackCommands],
  // A pool's commands share their commits; those of one callback stay in order (ADR 0151).
  handling: { maxInFlight: 128, perKey: 64, orderBy: callbackOf },
  categories: categoriesOf.dialing,
  publishes,
  readiness: Driver,
  projections: [situationView],
  routes: [/^\/desk\b/, /^\/v1\/callbacks\b/, /^\/v1\/agents\/[^/]+\/briefings\b/],
};

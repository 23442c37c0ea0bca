import { categoriesOf, topics } from '@handover/contracts';
import { type ServiceDefinition } from '@handover/platform';
import { CapacityModule } from './capacity.module.js';
import { centreView } from './centre/centre-view.js';
import { Projector } from './centre/projector.js';
import { publishes } from './publishes.js';

/** Knows who works when, and says how many callbacks may be in progress at each minute. */
export const capacityService: ServiceDefinition = {
  name: 'capacity',
  title: 'Capacity',
  module: CapacityModule,
  consumes: [topics.capacityCommands, topics.callbackEvents],
  categories: categoriesOf.capacity,
  publishes,
  readiness: Projector,
  projections: [centreView],
  routes: [/^\/v1\/(pools|agents|shifts)\b/],
};

export { Projector } from './centre/projector.js';

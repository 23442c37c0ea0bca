import { categoriesOf, topics } from '@handover/contracts';
import { type ServiceDefinition } from '@handover/platform';
import { appointmentsView } from './appointments-view.js';
import { publishes } from './publishes.js';
import { ReservationModule } from './reservation.module.js';

/** The slot books: which times can be honoured, who holds one, who has one. */
export const reservationService: ServiceDefinition = {
  name: 'reservation',
  title: 'Reservation',
  module: ReservationModule,
  consumes: [topics.slotCommands],
  // The desk of a pool takes commands one after the other itself, and stores what it decided together.
  handling: { maxInFlight: 128, perKey: 64 },
  categories: categoriesOf.reservation,
  publishes,
  projections: [appointmentsView],
  routes: [/^\/v1\/(appointments|slots)\b/, /^\/v1\/pools\/[^/]+\/(appointments|book)\b/],
};

export { PoolDesk } from './desk/pool-desk.js';

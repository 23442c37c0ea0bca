import { accepting } from './accepting.js';
import { dialing } from './dialing.js';
import { idempotency } from './idempotency.js';
import { refusing } from './refusing.js';
import { closeDesks } from '../system/desk.js';
import { type System } from '../system/system.js';

/** Every journey, as one suite: run it against a system. Journeys do not meet: each has a centre of its own. */
export function describeJourneys(system: () => System): void {
  afterEach(closeDesks);
  accepting(system);
  refusing(system);
  idempotency(system);
  dialing(system);
}

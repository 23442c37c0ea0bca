import { analyticsService } from '@handover/app-analytics';
import { capacityService } from '@handover/app-capacity';
import { dialingService } from '@handover/app-dialing';
import { intakeService } from '@handover/app-intake';
import { reservationService } from '@handover/app-reservation';
import { type ServiceDefinition } from '@handover/platform';

/** The services of the standalone: the same modules that run alone elsewhere. */
export const definitions: readonly ServiceDefinition[] = [
  intakeService,
  capacityService,
  reservationService,
  dialingService,
  analyticsService,
];

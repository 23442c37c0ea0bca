import { analyticsService } from '@handover/app-analytics';
import { type ServiceDefinition } from '@handover/platform';

/** The services of the standalone: the same modules that run alone elsewhere. */
export const definitions: readonly ServiceDefinition[] = [analyticsService];

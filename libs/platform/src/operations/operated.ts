import { type Readiness } from '../health/readiness.js';
import { type ServiceDefinition } from '../nest/service.js';
import { type Platform } from '../platform.js';
import { type Views } from '../projections/views.js';
import { type RelayStatus } from '../relay/relay.js';

/** A service as operators look at it and act on it. */
export interface OperatedService {
  readonly definition: Pick<ServiceDefinition, 'name' | 'categories'>;
  readonly views: Views;
  relay(): RelayStatus;
  readiness(): Promise<Readiness>;
}

/** A process as operators look at it: one service, or all five. */
export interface OperatedProcess {
  readonly platform: Pick<Platform, 'store' | 'bus' | 'clock' | 'wall' | 'config' | 'log'>;
  services(): readonly OperatedService[];
}

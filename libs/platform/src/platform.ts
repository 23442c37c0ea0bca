import { type Clock, type Ids } from '@handover/kernel';
import { type Logger } from 'pino';
import { type Bus } from './bus/port.js';
import { type Wall } from './clock/wall.js';
import { type Config } from './config.js';
import { type EventStore } from './event-store/port.js';
import { type Metrics } from './metrics/metrics.js';

/**
 * What one process has of the outside world. The standalone process shares one among five services; views are each
 * service's own (`RunningService.views`, token VIEWS).
 */
export interface Platform {
  readonly config: Config;
  readonly store: EventStore;
  readonly bus: Bus;
  readonly clock: Clock;
  /** Wall time, for leases and back-off. */
  readonly wall: Wall;
  readonly ids: Ids;
  readonly log: Logger;
  readonly metrics: Metrics;
  /** Closes bus and store, in this order. Stop the services first. */
  close(): Promise<void>;
}

/** Injection tokens of the platform's parts, provided globally in every service. */
export const STORE = Symbol('EventStore');
export const BUS = Symbol('Bus');
export const VIEWS = Symbol('Views');
export const CLOCK = Symbol('Clock');
export const IDS = Symbol('Ids');
export const CONFIG = Symbol('Config');
export const LOG = Symbol('Logger');
/** The process's Prometheus registry (prom-client), for a service's own metrics. */
export const METRICS = Symbol('Registry');

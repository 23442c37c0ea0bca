import { type Clock, type Ids } from '@handover/kernel';
import { type Logger } from 'pino';
import { type Bus } from './bus/port.js';
import { type EventStore } from './event-store/port.js';
import { type Views } from './projections/views.js';
import { type Config } from './config.js';

/** What one process has of the outside world. The standalone process shares one among five services. */
export interface Platform {
  readonly config: Config;
  readonly store: EventStore;
  readonly bus: Bus;
  readonly views: Views;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Logger;
}

/** Injection tokens of the platform's parts, provided globally in every service. */
export const STORE = Symbol('EventStore');
export const BUS = Symbol('Bus');
export const VIEWS = Symbol('Views');
export const CLOCK = Symbol('Clock');
export const IDS = Symbol('Ids');
export const CONFIG = Symbol('Config');
export const LOG = Symbol('Logger');

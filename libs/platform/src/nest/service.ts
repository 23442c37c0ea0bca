import { type Type } from '@nestjs/common';
import { type SubscribeBusOptions } from '../bus/port.js';
import { type ReadinessChecks } from '../health/readiness.js';
import { type Projection } from '../projections/port.js';
import { type Publishes } from '../relay/port.js';

/** One service, as the platform starts it: `startService(definition, platform)`. */
export interface ServiceDefinition {
  /** `intake`, `capacity`, …: names the relay, the consumer group (`handover-<name>`) and the logs. */
  readonly name: string;
  readonly title: string;
  readonly module: Type;
  /** Topics whose messages go to the module's `@EventPattern('<ce_type>')` handlers; other types on them are skipped. */
  readonly consumes: readonly string[];
  /** How many of them at the same time, if it is not as usual. */
  readonly handling?: Pick<SubscribeBusOptions, 'maxInFlight' | 'perKey' | 'orderBy'>;
  /** Stream categories that this service owns; its relay follows them. */
  readonly categories: readonly string[];
  readonly publishes: Publishes;
  /** A provider of the module whose checks count for the service's readiness. */
  readonly readiness?: Type<ReadinessChecks>;
  readonly projections?: readonly Projection[];
  /** Path prefixes of the service's HTTP API, for the standalone's routing; most specific first. RegExp on the path. */
  readonly routes: readonly RegExp[];
}

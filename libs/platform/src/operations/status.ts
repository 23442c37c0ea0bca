import { fromIso, type Instant, toIso } from '@handover/kernel';
import { lagOf } from '../bus/lag.js';
import { type ConsumerStatus } from '../bus/port.js';
import { StoreUnavailable } from '../event-store/faults.js';
import { type EventStore } from '../event-store/port.js';
import { type Readiness } from '../health/readiness.js';
import { type ProjectionStatus } from '../projections/views.js';
import { leaseHolder } from '../relay/lease.js';
import { type RelayStatus } from '../relay/relay.js';
import { type OperatedProcess, type OperatedService } from './operated.js';

/** What `GET /operations/status` answers. */
export interface ProcessStatus {
  readonly instance: string;
  /** Present domain time. */
  readonly now: string;
  readonly services: readonly ServiceStatus[];
  readonly consumers: readonly ConsumerReport[];
}

export interface ServiceStatus extends Readiness {
  readonly service: string;
  readonly relay: RelayReport;
  readonly projections: readonly ProjectionStatus[];
}

export interface RelayReport extends RelayStatus {
  /** The relay that may publish now, by its lease; absent if none, or if the store does not tell. */
  readonly holder?: string;
  /** Age of the oldest event that the broker does not have, in domain time; 0 if it has all that this relay was handed. */
  readonly delayMs: number;
  /** Events of this service behind the last one published, at most 10,000 counted; 0 on standby: the holder counts. */
  readonly backlog: number;
}

export interface ConsumerReport extends Omit<ConsumerStatus, 'partitions'> {
  readonly partitions: number;
  /** Messages that its partitions hold beyond what it has done; absent if the broker does not tell. */
  readonly lag?: number;
}

const countAtMost = 10_000;

/** All that an operator wants to know first about a process. */
export async function statusOf({ platform, services }: OperatedProcess): Promise<ProcessStatus> {
  const { bus, clock, config } = platform;
  const now = clock.now();
  return {
    instance: config.instance,
    now: toIso(now),
    services: await Promise.all(services().map((service) => serviceStatus(service, platform, now))),
    consumers: await Promise.all(
      bus.consumers().map(async ({ partitions, ...consumer }) => {
        const lag = await lagOf(bus, { partitions });
        return { ...consumer, partitions: partitions.length, ...(lag !== undefined && { lag }) };
      }),
    ),
  };
}

async function serviceStatus(
  service: OperatedService,
  { store, wall }: Pick<OperatedProcess['platform'], 'store' | 'wall'>,
  now: Instant,
): Promise<ServiceStatus> {
  const { definition, views } = service;
  const relay = service.relay();
  const { oldestWaiting } = relay;
  const holder = await orUnknown(leaseHolder(store, definition.name, wall.now()));
  return {
    service: definition.name,
    ...(await service.readiness()),
    relay: {
      ...relay,
      ...(holder !== undefined && { holder }),
      delayMs: oldestWaiting === undefined ? 0 : Math.max(0, now - fromIso(oldestWaiting)),
      backlog: (await orUnknown(backlogOf(store, service, relay))) ?? relay.waiting,
    },
    projections: views.status(),
  };
}

/** Counting reads the log, so it is done only where something waits. */
async function backlogOf(
  store: EventStore,
  { definition: { categories } }: OperatedService,
  { waiting, position }: RelayStatus,
): Promise<number> {
  if (waiting === 0) return 0;
  let count = 0;
  const after = position === undefined ? {} : { after: position };
  for await (const _ of store.readAll({ ...after, filter: { categories }, limit: countAtMost })) count += 1;
  return count;
}

/** The status must be told especially when the store cannot be reached. */
const orUnknown = <Answer>(asked: Promise<Answer>): Promise<Answer | undefined> =>
  asked.catch((fault: unknown) => {
    if (fault instanceof StoreUnavailable) return undefined;
    throw fault;
  });

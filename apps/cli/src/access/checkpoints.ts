import { categoriesOf, type ServiceName } from '@handover/contracts';
import { leaseOf } from '@handover/platform/access';

const services = Object.keys(categoriesOf) as readonly ServiceName[];

/** Registers of the store that hold how far a service has published, by service. */
export const checkpointsOf: ReadonlyMap<string, readonly string[]> = new Map(
  services.map((service) => [
    service,
    service === 'analytics' ? [leaseOf(service), 'analytics-outcomes-published'] : [leaseOf(service)],
  ]),
);

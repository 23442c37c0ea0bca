import { Gauge, Histogram, Registry } from 'prom-client';
import { type Clock, fromIso } from '@handover/kernel';
import { type Bus, type ConsumerStatus } from '../bus/port.js';
import { type RelayStatus } from '../relay/relay.js';
import { type ProjectionStatus } from '../projections/views.js';

/** What the metrics ask a running service when they are read. */
export interface Watched {
  readonly service: string;
  relay(): RelayStatus;
  projections(): readonly ProjectionStatus[];
}

/** The process's metrics, in Prometheus' format at `/metrics`. */
export interface Metrics {
  readonly registry: Registry;
  /** Seconds from request to response, by service, method, route and status. */
  readonly http: Histogram<'service' | 'method' | 'route' | 'status'>;
  /** Includes a service in what is shown; the answer ends it. */
  watch(service: Watched): () => void;
}

/** Prometheus metrics of one process. */
export function createMetrics(clock: Clock, bus: Pick<Bus, 'consumers'>): Metrics {
  const registry = new Registry();
  const watched = new Set<Watched>();
  const http = new Histogram({
    name: 'handover_http_request_seconds',
    help: 'Time from request to response.',
    labelNames: ['service', 'method', 'route', 'status'] as const,
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 0.8, 1.5, 2.5, 5],
    registers: [registry],
  });
  const relayGauge = (name: string, help: string, read: (relay: RelayStatus) => number): void => {
    new Gauge({
      name: `handover_relay_${name}`,
      help,
      labelNames: ['service'] as const,
      registers: [registry],
      collect() {
        this.reset();
        for (const each of watched) this.set({ service: each.service }, read(each.relay()));
      },
    });
  };
  const projectionGauge = (name: string, help: string, read: (view: ProjectionStatus) => number): void => {
    new Gauge({
      name: `handover_projection_${name}`,
      help,
      labelNames: ['service', 'projection'] as const,
      registers: [registry],
      collect() {
        this.reset();
        for (const each of watched)
          for (const view of each.projections())
            this.set({ service: each.service, projection: view.name }, read(view));
      },
    });
  };
  const consumerGauge = (name: string, help: string, read: (consumer: ConsumerStatus) => number): void => {
    new Gauge({
      name: `handover_consumer_${name}`,
      help,
      labelNames: ['group'] as const,
      registers: [registry],
      collect() {
        this.reset();
        for (const consumer of bus.consumers()) this.inc({ group: consumer.group }, read(consumer));
      },
    });
  };
  const secondsSince = (iso: string | undefined): number =>
    iso === undefined ? 0 : Math.max(0, (clock.now() - fromIso(iso)) / 1_000);

  relayGauge('active', "1 if this process publishes the service's events.", ({ state }) =>
    state === 'active' || state === 'blocked' ? 1 : 0,
  );
  relayGauge('blocked', '1 while the broker does not take messages.', ({ state }) =>
    state === 'blocked' ? 1 : 0,
  );
  relayGauge(
    'waiting_events',
    'Events in hand that the broker has not acknowledged.',
    ({ waiting }) => waiting,
  );
  relayGauge('delay_seconds', 'Age of the oldest event in hand (by the domain clock).', (relay) =>
    secondsSince(relay.oldestWaiting),
  );
  relayGauge('published_events', 'Events published since the process started.', ({ published }) => published);
  relayGauge('failures', 'Failed attempts to publish since the process started.', ({ failures }) => failures);
  projectionGauge('live', '1 if level with the log.', ({ state }) => (state === 'live' ? 1 : 0));
  projectionGauge('stopped', '1 if stopped by an event that its fold cannot take.', ({ state }) =>
    state === 'stopped' ? 1 : 0,
  );
  projectionGauge(
    'events_applied',
    'Events folded in since the view was begun.',
    (view) => view.eventsApplied,
  );
  projectionGauge(
    'lag_seconds',
    'Age of the last folded event while not level with the log; 0 when live.',
    (view) => (view.state === 'live' ? 0 : secondsSince(view.upTo)),
  );
  consumerGauge('partitions', 'Partitions owned.', ({ partitions }) => partitions.length);
  consumerGauge('in_hand', 'Messages being handled, back-off included.', ({ inHand }) => inHand);
  consumerGauge('queued', 'Messages received that wait for their turn.', ({ queued }) => queued);
  consumerGauge('retrying', 'Messages in hand that failed at least once.', ({ retrying }) => retrying);
  consumerGauge('handled', 'Messages handled since the process started.', ({ handled }) => handled);
  consumerGauge(
    'dead_lettered',
    'Messages dead-lettered since the process started.',
    (each) => each.deadLettered,
  );
  consumerGauge('parked_keys', 'Keys that wait for a redrive.', ({ parkedKeys }) => parkedKeys);
  return {
    registry,
    http,
    watch: (service) => {
      watched.add(service);
      return () => watched.delete(service);
    },
  };
}

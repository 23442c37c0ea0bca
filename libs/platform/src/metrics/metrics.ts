import { type Clock, fromIso } from '@handover/kernel';
import { Histogram, Registry } from 'prom-client';
import { type Bus, type ConsumerStatus } from '../bus/port.js';
import { type WriteWatch } from '../health/write-watch.js';
import { type ProjectionStatus } from '../projections/views.js';
import { type RelayStatus } from '../relay/relay.js';
import { type Figure, showFigures } from './figures.js';
import { showLag } from './lag.js';

/** What the metrics ask a running service when they are read. */
export interface Watched {
  readonly service: string;
  readonly writes: Pick<WriteWatch, 'fault' | 'failures'>;
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

type Age = (iso: string | undefined) => number;

const relayFigures = (age: Age): readonly Figure<RelayStatus>[] => [
  [
    'active',
    "1 if this process publishes the service's events.",
    ({ state }) => Number(state === 'active' || state === 'blocked'),
  ],
  ['blocked', '1 while the broker does not take messages.', ({ state }) => Number(state === 'blocked')],
  ['waiting_events', 'Events in hand that the broker has not acknowledged.', ({ waiting }) => waiting],
  [
    'delay_seconds',
    'Age of the oldest event in hand, by the domain clock.',
    (relay) => age(relay.oldestWaiting),
  ],
  ['published_events_total', 'Events published.', ({ published }) => published],
  ['failures_total', 'Failed attempts to publish.', ({ failures }) => failures],
];

const projectionFigures = (age: Age): readonly Figure<ProjectionStatus>[] => [
  ['live', '1 if level with the log.', ({ state }) => Number(state === 'live')],
  [
    'stopped',
    '1 if stopped by an event that its fold cannot take.',
    ({ state }) => Number(state === 'stopped'),
  ],
  [
    'events_applied_total',
    'Events folded in since the view was begun.',
    ({ eventsApplied }) => eventsApplied,
  ],
  [
    'lag_seconds',
    'Age of the last folded event while not level with the log; 0 when live.',
    (view) => (view.state === 'live' ? 0 : age(view.upTo)),
  ],
];

const storeFigures: readonly Figure<Watched['writes']>[] = [
  ['writable', '0 while the event store takes no writes.', (writes) => Number(writes.fault() === undefined)],
  ['write_failures_total', 'Writes that the event store did not take.', (writes) => writes.failures()],
];

const consumerFigures: readonly Figure<ConsumerStatus>[] = [
  ['partitions', 'Partitions owned.', ({ partitions }) => partitions.length],
  ['in_hand', 'Messages being handled, back-off included.', ({ inHand }) => inHand],
  ['queued', 'Messages received that wait for their turn.', ({ queued }) => queued],
  ['retrying', 'Messages in hand that failed at least once.', ({ retrying }) => retrying],
  ['handled_total', 'Messages handled.', ({ handled }) => handled],
  ['dead_lettered_total', 'Messages dead-lettered.', ({ deadLettered }) => deadLettered],
  ['parked_keys', 'Keys that wait for a redrive.', ({ parkedKeys }) => parkedKeys],
];

/** Prometheus metrics of one process. */
export function createMetrics(clock: Clock, bus: Pick<Bus, 'consumers' | 'offsets'>): Metrics {
  const registry = new Registry();
  const watched = new Set<Watched>();
  const services = (): Watched[] => [...watched];
  const age: Age = (iso) => (iso === undefined ? 0 : Math.max(0, (clock.now() - fromIso(iso)) / 1_000));

  showFigures(
    registry,
    'handover_store',
    ['service'],
    () => services().map(({ service, writes }) => ({ labels: { service }, item: writes })),
    storeFigures,
  );
  showFigures(
    registry,
    'handover_relay',
    ['service'],
    () => services().map(({ service, relay }) => ({ labels: { service }, item: relay() })),
    relayFigures(age),
  );
  showFigures(
    registry,
    'handover_projection',
    ['service', 'projection'],
    () =>
      services().flatMap(({ service, projections }) =>
        projections().map((item) => ({ labels: { service, projection: item.name }, item })),
      ),
    projectionFigures(age),
  );
  showFigures(
    registry,
    'handover_consumer',
    ['group'],
    () => bus.consumers().map((item) => ({ labels: { group: item.group }, item })),
    consumerFigures,
  );
  showLag(registry, bus);
  const http = new Histogram({
    name: 'handover_http_request_seconds',
    help: 'Time from request to response.',
    labelNames: ['service', 'method', 'route', 'status'] as const,
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 0.8, 1.5, 2.5, 5],
    registers: [registry],
  });
  return {
    registry,
    http,
    watch: (service) => {
      watched.add(service);
      return () => watched.delete(service);
    },
  };
}

// Store, bus and the rest of the platform for a program that is no service: without Nest, which takes a second to load.
export * from '../event-store/port.js';
export * from '../event-store/faults.js';
export { openEventStore } from '../event-store/open.js';
export { memoryEventStore } from '../event-store/memory.js';
export { sqliteEventStore } from '../event-store/sqlite/store.js';
export { esdbEventStore } from '../event-store/esdb/store.js';
export { verifyStore, type VerifyProgress, type VerifyReport } from '../event-store/operations/verify.js';
export { backupStore, type BackupProgress } from '../event-store/operations/backup.js';
export { copyStore, type CopyOptions, type CopyProgress } from '../event-store/operations/copy.js';
export { CopyMismatch } from '../event-store/operations/copy-mismatch.js';
export { copyCheckpoints } from '../event-store/operations/checkpoints.js';
export { type LogHash } from '../event-store/operations/log-hash.js';
export * from '../bus/port.js';
export * from '../bus/faults.js';
export { type EmbeddedBusOptions, embeddedBus } from '../bus/embedded/embedded-bus.js';
export { type KafkaBusOptions, kafkaBus } from '../bus/kafka/kafka-bus.js';
export { type OpenBusOptions, openBus } from '../bus/open-bus.js';
export { partitionOf } from '../bus/partitioner.js';
export { deadLetterTopic } from '../bus/dead-letters/letter.js';
export { type Letter, type ParkedKey } from '../bus/dead-letters/ledger.js';
export * from '../bus/dead-letters/operations.js';
export { type CloudEvent } from '../cloud-events/cloud-event.js';
export { fromBusMessage } from '../cloud-events/from-bus-message.js';
export { toBusMessage } from '../cloud-events/to-bus-message.js';
export * from '../projections/port.js';
export * from '../projections/views.js';
export { type TableComparison } from '../projections/compare.js';
export * from '../relay/port.js';
export * from '../write-path/handle.js';
export { openViews, type ViewsOptions } from '../projections/open-views.js';
export { type Relay, type RelayOptions, type RelayStatus, startRelay } from '../relay/relay.js';
export { leaseOf } from '../relay/lease.js';
export { type Rewound, rewindTo } from '../relay/rewind.js';
export { sourceOf } from '../relay/messages-of.js';
export { type Wall, machineWall, pause } from '../clock/wall.js';
export { openClock, scaledClock, systemClock } from '../clock/clocks.js';
export { createLog } from '../log/create-log.js';
export { createMetrics, type Metrics } from '../metrics/metrics.js';
export { type Check, consuming, type Readiness, type ReadinessChecks, worst } from '../health/readiness.js';
export {
  type ConsumerReport,
  type ProcessStatus,
  type RelayReport,
  type ServiceStatus,
} from '../operations/status.js';
export { type ProjectionAction, type ProjectionReport } from '../operations/projection-routes.js';
export * from '../config.js';
export { unknownVariables } from '../config-names.js';

export { aPlatform, type PlatformParts } from './a-platform.js';
export { freePort } from './free-port.js';
export { all, until } from '../event-store/testing/until.js';
export { describeWith } from './describe-with.js';
export { startKafka, startKafkaProcess, type KafkaBroker } from './kafka-broker.js';

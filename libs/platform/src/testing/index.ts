export { aPlatform, type PlatformParts } from './a-platform.js';
export { freePort } from './free-port.js';
export { all, until } from '../event-store/testing/until.js';
export { brokerOrSkip, startKafka, startKafkaProcess, type KafkaBroker } from './kafka-broker.js';

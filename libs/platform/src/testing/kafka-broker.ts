import { kafkaJars } from './kafka-jars.js';
import { KafkaProcess } from './kafka-process.js';

/** A real Kafka broker for tests. */
export interface KafkaBroker {
  /** `host:port`, several separated by commas. */
  readonly brokers: string;
  stop(): Promise<void>;
}

const howTo = 'set KAFKA_BROKERS, start a container engine, or install Java 17 and Maven.';

/**
 * Finds a broker: `KAFKA_BROKERS`, a container, or a child process from Maven's jars, in this order.
 * @throws Error if there is none
 */
export async function startKafka(): Promise<KafkaBroker> {
  const { KAFKA_BROKERS: given } = process.env;
  if (given) return { brokers: given, stop: async () => undefined };
  // Loaded only here: it takes a second, and is a dependency of tests alone.
  const { kafkaInDocker } = await import('./kafka-docker.js');
  const container = await kafkaInDocker();
  if (container) return container;
  const broker = await startKafkaProcess();
  return { brokers: `127.0.0.1:${broker.port}`, stop: () => broker.stop() };
}

/** A broker of one's own that can be killed and started again. @throws Error without Java 17, or jars and Maven */
export async function startKafkaProcess(): Promise<KafkaProcess> {
  const jars = await kafkaJars();
  if (!jars) throw new Error(`No Kafka broker for tests: ${howTo}`);
  return KafkaProcess.create(jars);
}

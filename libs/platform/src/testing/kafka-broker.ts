import { kafkaInDocker } from './kafka-docker.js';
import { kafkaJars } from './kafka-jars.js';
import { KafkaProcess } from './kafka-process.js';

/** A real Kafka broker for tests. */
export interface TestKafka {
  /** `host:port`, several separated by commas. */
  readonly brokers: string;
  stop(): Promise<void>;
}

const howTo =
  'No Kafka broker for tests: set KAFKA_BROKERS, start a container engine, or install Java 17 and Maven.';

/**
 * Finds a broker: `KAFKA_BROKERS`, a container, or a child process from Maven's jars, in this order.
 * undefined if there is none, which is said loudly; tests then skip.
 * @throws Error if there is none and `CI=true`: there it is required
 */
export async function startKafka(): Promise<TestKafka | undefined> {
  const { KAFKA_BROKERS: given } = process.env;
  if (given) return { brokers: given, stop: async () => undefined };
  const container = await kafkaInDocker();
  if (container) return container;
  const broker = await startKafkaProcess();
  return broker && { brokers: `127.0.0.1:${broker.port}`, stop: () => broker.stop() };
}

/** A broker of one's own that can be killed and started again. Undefined, or an error, as `startKafka`. */
export async function startKafkaProcess(): Promise<KafkaProcess | undefined> {
  const jars = await kafkaJars();
  if (jars) return KafkaProcess.create(jars);
  if (process.env['CI'] === 'true') throw new Error(howTo);
  console.warn(`\n*** SKIPPED: ${howTo} ***\n`);
  return undefined;
}

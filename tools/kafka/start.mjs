// Runs a Kafka broker for tests in the foreground until SIGTERM or SIGINT; prints its address as the first line.
import { startKafka } from '../../libs/platform/dist/testing/kafka-broker.js';

const kafka = await startKafka();
console.log(kafka.brokers);
const stop = async () => {
  await kafka.stop();
  process.exit(0);
};
process.once('SIGTERM', stop);
process.once('SIGINT', stop);
setInterval(() => undefined, 2 ** 30);

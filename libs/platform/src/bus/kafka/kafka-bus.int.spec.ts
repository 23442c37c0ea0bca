import { describeBus } from '../bus.contract.js';
import { startKafka } from '../../testing/kafka-broker.js';
import { kafkaBus } from './kafka-bus.js';

const kafka = await startKafka();
afterAll(() => kafka?.stop());

(kafka ? describe : describe.skip)('with a real Kafka broker', () => {
  describeBus('the Kafka bus', {
    manyConsumers: true,
    open: async () =>
      kafkaBus({ brokers: kafka?.brokers.split(',') ?? [], clientId: 'contract', sessionTimeoutMs: 6_000 }),
  });
});

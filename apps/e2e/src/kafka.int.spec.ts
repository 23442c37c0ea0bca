import { startKafka, availableOrSkip, type KafkaBroker } from '@handover/platform/testing';
import { describeJourneys } from './journeys/journeys.js';
import { describeRestarts } from './journeys/restarts.js';
import { describeTopics } from './journeys/topics.js';
import { startFleet } from './system/fleet.js';
import { type System } from './system/system.js';

const broker: KafkaBroker | undefined = await availableOrSkip(startKafka);

// Without a broker there is nothing to test: said loudly, and a failure when CI=true.
const suite = broker ? describe : describe.skip;

suite('on five processes over Kafka', () => {
  let system: System;
  beforeAll(async () => {
    system = await startFleet({ speed: 60, brokers: broker?.brokers ?? '' });
  });
  afterAll(async () => {
    await system.stop();
    await broker?.stop();
  });
  describeJourneys(() => system);
  describeRestarts(() => system);
  describeTopics(() => broker?.brokers ?? '');
});

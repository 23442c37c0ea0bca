import { startKafka, type KafkaBroker } from '@handover/platform/testing';
import { describeJourneys } from './journeys/journeys.js';
import { describeRestarts } from './journeys/restarts.js';
import { startFleet } from './system/fleet.js';
import { type System } from './system/system.js';

describe('on five processes over Kafka', () => {
  let broker: KafkaBroker;
  let system: System;
  beforeAll(async () => {
    broker = await startKafka();
    system = await startFleet(60, broker.brokers);
  });
  afterAll(async () => {
    await system.stop();
    await broker.stop();
  });
  describeJourneys(() => system);
  describeRestarts(() => system);
});

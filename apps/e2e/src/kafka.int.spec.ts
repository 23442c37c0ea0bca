import { describeWith, startKafka } from '@handover/platform/testing';
import { describeJourneys } from './journeys/journeys.js';
import { describeRestarts } from './journeys/restarts.js';
import { describeTopics } from './journeys/topics.js';
import { startFleet } from './system/fleet.js';
import { type System } from './system/system.js';

await describeWith('on five processes over Kafka', startKafka, ({ brokers }) => {
  let system: System;
  beforeAll(async () => {
    system = await startFleet({ speed: 60, brokers });
  });
  afterAll(() => system.stop());
  describeJourneys(() => system);
  describeRestarts(() => system);
  describeTopics(() => brokers);
});

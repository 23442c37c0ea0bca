import { describeJourneys } from './journeys/journeys.js';
import { describeRestarts } from './journeys/restarts.js';
import { documented } from './system/documented.js';
import { startStandalone } from './system/standalone.js';
import { type System } from './system/system.js';

describe('on the standalone', () => {
  let system: System;
  beforeAll(async () => {
    system = await documented(await startStandalone(60));
  });
  afterAll(() => system.stop());
  describeJourneys(() => system);
});

describe('on the standalone, killed', () => {
  let system: System;
  beforeAll(async () => {
    system = await startStandalone(20);
  });
  afterAll(() => system.stop());
  describeRestarts(() => system, ['reservation']);
});

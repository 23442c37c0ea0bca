import { capacityService } from '@handover/app-capacity';
import { type Platform, type RunningService, startService } from '@handover/platform';
import { aPlatform, until } from '@handover/platform/testing';
import { Sample, wantsSample } from './sample.js';

describe('the sample centre on its way', () => {
  let platform: Platform;
  let services: readonly RunningService[];
  beforeEach(async () => {
    platform = await aPlatform({ config: { sample: true } });
    services = [await startService(capacityService, platform, { listen: false })];
  });
  afterEach(async () => {
    for (const service of services) await service.stop();
    await platform.close();
  });

  it('is down until its capacity is published, and up for good then', async () => {
    const sample = new Sample(platform);
    expect(sample.check(services)).toEqual({ status: 'down', detail: 'is being created' });
    await sample.create(services);
    await until(() => sample.check(services).status === 'up');
    for (const pool of ['billing', 'technical', 'general']) {
      const { body } = (await services[0]?.app.inject(`/v1/pools/${pool}/capacity`)) ?? {};
      expect([pool, body]).toEqual([pool, expect.stringMatching(/"callbacks":[1-9]/)]);
    }
    await services[0]?.app.inject({ method: 'DELETE', url: '/v1/agents/ada/shifts/sample-1' });
    expect(sample.check(services).status).toBe('up');
  });

  it('is wanted again until it was created whole, and then never', async () => {
    await platform.store.writeRegister('sample-centre', 'begun', 'none'); // and killed
    expect(await wantsSample(platform)).toBe(true);
    await new Sample(platform).create(services);
    expect(await wantsSample(platform)).toBe(false);
  });
});

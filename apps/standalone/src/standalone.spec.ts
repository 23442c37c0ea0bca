import { type Platform, scaledClock } from '@handover/platform';
import { aPlatform, until } from '@handover/platform/testing';
import { definitions } from './definitions.js';
import { Sample } from './sample.js';
import { type Standalone, startStandalone } from './standalone.js';

const tenToMidnight = scaledClock(Date.now(), Date.UTC(2026, 10, 22, 23, 50), 1);

describe('the standalone', () => {
  let platform: Platform;
  let standalone: Standalone;
  let sample: Sample;

  beforeAll(async () => {
    platform = await aPlatform({ clock: tenToMidnight, config: { sample: true } });
    sample = new Sample(platform);
    standalone = await startStandalone(platform, definitions, { sample: sample.check.bind(sample) });
  });
  afterAll(async () => {
    await standalone.stop();
    await platform.close();
  });

  const get = async (path: string): Promise<{ status: number; text: string }> => {
    const answer = await fetch(standalone.url + path);
    return { status: answer.status, text: await answer.text() };
  };

  it('offers times as soon as it is ready with its sample centre, also at ten to midnight', async () => {
    expect((await standalone.readiness()).checks['sample']).toMatchObject({ status: 'down' });
    await sample.create(standalone.services);
    await until(async () => (await get('/health/ready')).status === 200);
    const ask = async (issue: string): Promise<{ status: string; offers: unknown[] }> => {
      const answer = await fetch(`${standalone.url}/v1/handovers`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': `${issue}-${Math.random()}` },
        body: JSON.stringify({
          conversationId: 'c-1',
          subjectId: issue,
          language: 'de',
          timeZone: 'Europe/Zurich',
          issue: { type: issue },
          personal: { phoneNumber: '+41445551234' },
        }),
      });
      return (await answer.json()) as { status: string; offers: unknown[] };
    };
    for (const issue of ['billing-dispute', 'technical-outage', 'something-else']) {
      const { status, offers } = await ask(issue);
      expect([issue, status, offers.length]).toEqual([issue, 'offered', 3]);
    }
  });

  it('is ready when all five services are', async () => {
    await until(async () => (await get('/health/ready')).status === 200);
    const { checks } = JSON.parse((await get('/health/ready')).text) as { checks: object };
    for (const { name } of definitions) expect(Object.keys(checks)).toContain(`${name} consumer`);
  });

  it('describes all services in one document, and serves its page', async () => {
    const { paths } = JSON.parse((await get('/openapi.json')).text) as { paths: object };
    expect(Object.keys(paths)).toEqual(
      expect.arrayContaining(['/v1/handovers', '/v1/pools/{pool}', '/v1/handovers/{handoverId}/history']),
    );
    expect((await get('/docs')).text).toContain('/openapi.json');
    expect((await get('/')).status).toBe(200); // redirected to the page
  });

  it('gives each operation an id of its own, so that clients can be generated', async () => {
    const { paths } = JSON.parse((await get('/openapi.json')).text) as {
      paths: Record<string, Record<string, { operationId: string }>>;
    };
    const ids = Object.values(paths).flatMap((item) =>
      Object.values(item).map(({ operationId }) => operationId),
    );
    expect(ids.length).toBeGreaterThan(20);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  it('measures all services in one place', async () => {
    const { text } = await get('/metrics');
    for (const { name } of definitions) expect(text).toContain(`handover_relay_active{service="${name}"} 1`);
  });

  it('tells an unknown address from a known one with another method', async () => {
    const answer = await fetch(`${standalone.url}/health/ready`, { method: 'POST' });
    expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  });

  it('answers unknown addresses with problem details', async () => {
    expect(await get('/v2/handovers')).toMatchObject({ status: 404 });
    expect(JSON.parse((await get('/v2/handovers')).text)).toMatchObject({ type: '/problems/no-such-route' });
  });
});

import { type AgentView, type CapacityView, type PoolList } from '@handover/contracts';
import { aShift, RunningCapacity } from '../testing/a-running-capacity.js';

describe('pools over HTTP', () => {
  let capacity: RunningCapacity;
  beforeEach(async () => void (capacity = await RunningCapacity.start()));
  afterEach(() => capacity.stop());

  it('are created with what was said, and defaults for the rest', async () => {
    const { status, body } = await capacity.call('PUT', '/v1/pools/billing', {
      timeZone: 'Europe/Zurich',
      slotMinutes: 15,
      name: 'Billing',
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      pool: 'billing',
      agents: 0,
      settings: {
        name: 'Billing',
        slotMinutes: 15,
        horizonHours: 24,
        onTimeTarget: 0.95,
        handleSeconds: 360,
      },
    });
    expect((await capacity.call<PoolList>('GET', '/v1/pools')).body.pools).toHaveLength(1);
  });

  it('are the same after the same request again: no event', async () => {
    for (let time = 0; time < 2; time += 1)
      await capacity.say('PUT', '/v1/pools/billing', { timeZone: 'Etc/UTC' });
    const configured = (await capacity.events('pool-billing')).filter(
      ({ type }) => type === 'PoolConfigured',
    );
    expect(configured).toHaveLength(1);
  });

  it('are the same where what is optional is null: no event, and none that holds null', async () => {
    const nulls = { slotMinutes: null, callingHours: null, countryHours: null, name: null };
    await capacity.say('PUT', '/v1/pools/billing', { timeZone: 'Etc/UTC' });
    await capacity.say('PUT', '/v1/pools/billing', { timeZone: 'Etc/UTC', ...nulls });
    await capacity.say('PUT', '/v1/agents/ada', { pool: 'billing', skills: [], displayName: null });
    await capacity.say('PUT', '/v1/agents/ada/state', { state: 'busy', since: null, until: null });
    await capacity.say('PUT', '/v1/agents/ada/shifts/1', { ...aShift(), breaks: null });
    await capacity.say('POST', '/v1/pools/billing/inbound-load', { ...anHour(), skills: null });
    const stored = [...(await capacity.events('pool-billing')), ...(await capacity.events('agent-ada'))];
    expect(stored.filter(({ type }) => type === 'PoolConfigured')).toHaveLength(1);
    expect(JSON.stringify(stored.map(({ data }) => data))).not.toContain('null');
  });

  it.each([
    ['PUT', '/v1/pools/Not%20a%20slug', { timeZone: 'Etc/UTC' }, 404, 'pool'],
    ['PUT', '/v1/pools/billing', {}, 400, 'timeZone'],
    ['PUT', '/v1/pools/billing', { timeZone: 'Mars/Olympus' }, 400, 'timeZone'],
    ['PUT', '/v1/pools/billing', { timeZone: '+01:00' }, 400, 'timeZone'],
    [
      'PUT',
      '/v1/pools/billing',
      { timeZone: 'Etc/UTC', callingHours: { from: '21:00', to: '08:00' } },
      400,
      'callingHours.to',
    ],
    ['PUT', '/v1/pools/billing', { timeZone: 'Etc/UTC', slotMinutes: 7 }, 400, 'slotMinutes'],
    ['PUT', '/v1/pools/billing', { timeZone: 'Etc/UTC', onTimeTarget: 1 }, 400, 'onTimeTarget'],
    ['PUT', '/v1/pools/billing', { timeZone: 'Etc/UTC', colour: 'red' }, 400, 'colour'],
    ['PUT', '/v1/agents/ada', { pool: 'billing', skills: ['Billing!'] }, 400, 'skills'],
    ['PUT', '/v1/agents/ada/state', { state: 'asleep' }, 400, 'state'],
    ['PUT', '/v1/agents/ada/shifts/1', { ...aShift(), date: '2026-02-30' }, 400, 'date'],
    ['PUT', '/v1/agents/ada/shifts/1', { ...aShift(), from: '25:00' }, 400, 'from'],
    ['POST', '/v1/pools/billing/inbound-load', { from: 'yesterday', to: 'today', calls: 1 }, 400, 'from'],
  ] as const)('%s %s %o is refused: %i, naming %s', async (method, url, body, status, field) => {
    const answer = await capacity.call<{ violations: { field: string }[] }>(method, url, body);
    expect(answer.status).toBe(status);
    expect(answer.body.violations.map((violation) => violation.field)).toContain(field);
  });

  it.each([
    ['GET', '/v1/pools/nowhere', undefined, 404, 'unknown-pool'],
    ['GET', '/v1/pools/nowhere/capacity', undefined, 404, 'unknown-pool'],
    ['POST', '/v1/pools/nowhere/inbound-load', anHour(), 404, 'unknown-pool'],
    ['GET', '/v1/agents/nobody', undefined, 404, 'unknown-agent'],
    ['PUT', '/v1/agents/nobody/state', { state: 'available' }, 404, 'unknown-agent'],
    ['PUT', '/v1/agents/nobody/shifts/1', aShift(), 404, 'unknown-agent'],
    ['DELETE', '/v1/agents/nobody/shifts/1', undefined, 404, 'unknown-agent'],
    ['PUT', '/v1/agents/ada', { pool: 'nowhere', skills: [] }, 422, 'unknown-pool'],
  ] as const)('%s %s %o: %i, %s', async (method, url, body, status, type) => {
    const answer = await capacity.call(method, url, body);
    expect(answer.status).toBe(status);
    expect(answer.body).toMatchObject({ type: `/problems/${type}`, detail: expect.stringMatching(/\w+/) });
  });
});

describe('agents over HTTP', () => {
  let capacity: RunningCapacity;
  beforeEach(async () => {
    capacity = await RunningCapacity.start();
    await capacity.say('PUT', '/v1/pools/billing', { timeZone: 'Europe/Zurich' });
    await capacity.say('PUT', '/v1/agents/ada', { pool: 'billing', skills: ['en', 'billing', 'en'] });
  });
  afterEach(() => capacity.stop());

  it('are shown with their skills, state and shifts, at once after the change', async () => {
    await capacity.say('PUT', '/v1/agents/ada/shifts/tuesday', aShift({ date: '2026-11-24' }));
    await capacity.say('PUT', '/v1/agents/ada/shifts/monday', aShift());
    await capacity.say('PUT', '/v1/agents/ada/state', { state: 'away', until: '2026-11-23T10:30:00Z' });
    const { body } = await capacity.call<AgentView>('GET', '/v1/agents/ada');
    expect(body).toMatchObject({
      skills: ['billing', 'en'],
      state: 'away',
      until: '2026-11-23T10:30:00.000Z',
    });
    expect(body.shifts.map(({ shiftId }) => shiftId)).toEqual(['monday', 'tuesday']);
  });

  it('lose a shift that is deleted, and a shift that is not there cannot be', async () => {
    await capacity.say('PUT', '/v1/agents/ada/shifts/monday', aShift());
    expect((await capacity.call('DELETE', '/v1/agents/ada/shifts/monday')).status).toBe(204);
    expect((await capacity.call<AgentView>('GET', '/v1/agents/ada')).body.shifts).toEqual([]);
    const again = await capacity.call('DELETE', '/v1/agents/ada/shifts/monday');
    expect(again).toMatchObject({ status: 404, body: { type: '/problems/unknown-shift' } });
  });

  it.each([
    ['state', { state: 'away', since: '2090-01-01T00:00:00Z' }, 'since'],
    ['shifts/1', aShift({ from: '12:00', to: '12:00' }), 'to'],
    ['shifts/1', aShift({ date: '2062-11-23' }), 'date'],
  ])('PUT %s %o cannot be meant', async (what, body, field) => {
    const answer = await capacity.call('PUT', `/v1/agents/ada/${what}`, body);
    expect(answer).toMatchObject({
      status: 400,
      body: { type: '/problems/invalid-request', violations: [{ field }] },
    });
  });

  it('take no calls that need skills of nobody in the pool', async () => {
    const load = { ...anHour(), skills: ['billing', 'french'] };
    const answer = await capacity.call('POST', '/v1/pools/billing/inbound-load', load);
    expect(answer).toMatchObject({ status: 422, body: { type: '/problems/unknown-skills' } });
  });

  it('cannot have a break outside the shift', async () => {
    const plan = aShift({ breaks: [{ from: '16:45', to: '17:15' }] });
    const answer = await capacity.call('PUT', '/v1/agents/ada/shifts/monday', plan);
    expect(answer).toMatchObject({ status: 422, body: { type: '/problems/break-outside-shift' } });
  });

  it('are in one pool at a time: who changes leaves the other', async () => {
    await capacity.say('PUT', '/v1/pools/sales', { timeZone: 'Europe/Zurich' });
    await capacity.say('PUT', '/v1/agents/ben', { pool: 'billing', skills: ['billing', 'en'] });
    for (const agentId of ['ada', 'ben']) {
      await capacity.say('PUT', `/v1/agents/${agentId}/shifts/monday`, aShift());
      await capacity.say('PUT', `/v1/agents/${agentId}/state`, { state: 'available' });
    }
    await capacity.showsAt('2026-11-23T12:00:00Z', 1);
    for (const agentId of ['ada', 'ben'])
      await capacity.say('PUT', `/v1/agents/${agentId}`, { pool: 'sales', skills: ['billing', 'en'] });
    await capacity.showsAt('2026-11-23T12:00:00Z', 1, 'sales');
    await capacity.showsAt('2026-11-23T12:00:00Z', 0);
    const { body } = await capacity.call<CapacityView>('GET', '/v1/pools/billing/capacity');
    expect(body.rows).toEqual([]);
  });
});

function anHour(): object {
  return { from: '2026-11-23T09:00:00Z', to: '2026-11-23T10:00:00Z', calls: 60 };
}

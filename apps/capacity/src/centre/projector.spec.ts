import { type CapacityProjected, type CapacityRecord, topics } from '@handover/contracts';
import { dayMs, fromIso, idFrom, minuteMs, toIso } from '@handover/kernel';
import { startService } from '@handover/platform';
import { until } from '@handover/platform/testing';
import { capacityService } from '../index.js';
import { aShift, monday, RunningCapacity } from '../testing/a-running-capacity.js';

const noon = '2026-11-23T12:00:00Z';

describe('published capacity', () => {
  let capacity: RunningCapacity;
  beforeEach(async () => void (capacity = await RunningCapacity.start()));
  afterEach(() => capacity.stop());

  const projections = async (pool = 'billing'): Promise<CapacityProjected[]> =>
    (await capacity.events(`pool-${pool}`))
      .filter(({ type }) => type === 'CapacityProjected')
      .map(({ data }) => data as unknown as CapacityProjected);

  it('follows a shift that is planned, changed and removed', async () => {
    const [agent] = await capacity.aPool();
    await capacity.showsAt(noon, 6);
    await capacity.say('PUT', `/v1/agents/${agent}/shifts/monday`, aShift({ from: '13:30' }));
    await capacity.showsAt(noon, 5);
    await capacity.say('DELETE', `/v1/agents/${agent}/shifts/monday`);
    await capacity.showsAt('2026-11-23T14:00:00Z', 5);
  });

  it('loses who is away until then, and regains who is back', async () => {
    const [agent] = await capacity.aPool();
    await capacity.showsAt(noon, 6);
    await capacity.say('PUT', `/v1/agents/${agent}/state`, { state: 'away', until: '2026-11-23T12:30:00Z' });
    await capacity.showsAt(noon, 5);
    expect(await capacity.allowedAt('2026-11-23T12:30:00Z')).toBe(6);
    await capacity.say('PUT', `/v1/agents/${agent}/state`, { state: 'available' });
    await capacity.showsAt(noon, 6);
  });

  it('moves on with the clock: who stays away is missed for the next quarter of an hour, again and again', async () => {
    const [agent] = await capacity.aPool();
    await capacity.showsAt(noon, 6);
    await capacity.say('PUT', `/v1/agents/${agent}/state`, { state: 'away' });
    await capacity.showsAt('2026-11-23T10:10:00Z', 5);
    expect(await capacity.allowedAt('2026-11-23T10:15:00Z')).toBe(6);
    capacity.clock.advanceTo(fromIso('2026-11-23T10:10:00Z'));
    await capacity.showsAt('2026-11-23T10:20:00Z', 5);
    expect(await capacity.allowedAt('2026-11-23T10:25:00Z')).toBe(6);
  });

  it('counts up its version by one, full at first, then with what changed', async () => {
    const [agent] = await capacity.aPool();
    await capacity.showsAt(noon, 6);
    await capacity.say('PUT', `/v1/agents/${agent}/state`, { state: 'offline' });
    await capacity.showsAt(noon, 5);
    const all = await projections();
    expect(all.map(({ version }) => version)).toEqual(all.map((_, index) => index + 1));
    expect(all.at(0)?.full).toBe(true);
    expect(all.at(-1)).toMatchObject({ full: false, rows: [{ group: 'billing@2026-11-23T16:00:00.000Z' }] });
  });

  it('reaches the slot book as a command keyed by pool, and everybody as records keyed by group', async () => {
    const agents = await capacity.aPool('billing', { agents: 2 });
    const group = 'billing@2026-11-23T16:00:00.000Z';
    const sent = (topic: string): typeof capacity.published =>
      capacity.published.filter((message) => message.topic === topic);
    const record = (): CapacityRecord | null | undefined => {
      const last = sent(topics.capacityState).findLast(({ key }) => key === `billing/${group}`);
      return last && (last.value === null ? null : (JSON.parse(String(last.value)) as CapacityRecord));
    };
    await until(() => record()?.cells[0] === 1);
    expect(record()).toMatchObject({ pool: 'billing', group, slotMinutes: 5, skills: ['billing'] });
    for (const agentId of agents) await capacity.say('DELETE', `/v1/agents/${agentId}/shifts/monday`);
    await until(() => record() === null);

    const commands = sent(topics.slotCommands);
    expect(new Set(commands.map(({ key }) => key))).toEqual(new Set(['billing']));
    expect(commands.map(({ value }) => JSON.parse(String(value)) as unknown)).toEqual(await projections());
    const agentRecords = sent(topics.agentState).filter(({ key }) => key === agents[0]);
    expect(JSON.parse(String(agentRecords.at(-1)?.value))).toMatchObject({
      agentId: agents[0],
      pool: 'billing',
      skills: ['billing'],
      state: 'available',
    });
  });

  it('is the same after a crash, and goes on from there', async () => {
    const [agent] = await capacity.aPool();
    await capacity.showsAt(noon, 6);
    const before = await projections();
    await capacity.restart();
    expect(await capacity.allowedAt(noon)).toBe(6);
    await capacity.say('PUT', `/v1/agents/${agent}/state`, { state: 'offline' });
    await capacity.showsAt(noon, 5);
    const after = await projections();
    expect(after.slice(0, before.length)).toEqual(before);
    expect(after[before.length]).toMatchObject({ version: before.length + 1, full: false });
  });

  it('is caught up with what happened while the service was down', async () => {
    await capacity.aPool();
    await capacity.showsAt(noon, 6);
    await capacity.restart(async () => {
      capacity.clock.advanceTo(monday + 30 * minuteMs);
      await capacity.publish(topics.capacityCommands, 'agent.set-state', 'billing-1', {
        agentId: 'billing-1',
        state: 'offline',
      });
    });
    await capacity.showsAt(noon, 5);
  });

  it('is of today when the service is ready, however long it was away', async () => {
    await capacity.aPool();
    await capacity.showsAt(noon, 6);
    const before = (await projections()).length;
    await capacity.restart(async () => capacity.clock.advanceTo(monday + 30 * dayMs));
    expect((await projections()).length).toBeGreaterThan(before);
  });

  it('is one sequence of versions though several processes project', async () => {
    const other = await startService(capacityService, capacity.platform, { listen: false });
    const agents = await capacity.aPool();
    await capacity.showsAt(noon, 6);
    for (const agentId of agents)
      await capacity.say('PUT', `/v1/agents/${agentId}/state`, { state: 'offline' });
    await capacity.showsAt(noon, 0);
    for (const agentId of agents)
      await capacity.say('PUT', `/v1/agents/${agentId}/state`, { state: 'available' });
    await capacity.showsAt(noon, 6);
    const all = await projections();
    expect(all.map(({ version }) => version)).toEqual(all.map((_, index) => index + 1));
    await other.stop();
  });

  it('keeps the inbound share, from a count of calls on', async () => {
    await capacity.aPool('billing', { agents: 20 });
    await capacity.showsAt(noon, 24);
    await capacity.say('POST', '/v1/pools/billing/inbound-load', {
      from: '2026-11-23T09:30:00Z',
      to: toIso(monday),
      calls: 30,
      handleSeconds: 300,
    });
    // 5 Erlang: eight agents answer four calls of five at once.
    await capacity.showsAt(noon, 14);
  });
});

describe('callbacks that agents have', () => {
  let capacity: RunningCapacity;
  const callbackIds = [1, 2, 3].map((count) => idFrom('callback', count));
  beforeEach(async () => {
    capacity = await RunningCapacity.start();
    await capacity.aPool();
    await capacity.showsAt(noon, 6);
    for (const [index, callbackId] of callbackIds.entries()) {
      await capacity.happens(`callback-${callbackId}`, 'CallbackScheduled', {
        ...ofCallback(callbackId),
        start: '2026-11-23T10:00:00Z',
        end: '2026-11-23T10:05:00Z',
        handleSeconds: 360,
        issueType: 'dispute',
        skills: ['billing'],
      });
      await capacity.happens(`callback-${callbackId}`, 'AgentAssigned', {
        ...ofCallback(callbackId),
        agentId: `billing-${index + 1}`,
        assignment: 1,
      });
    }
  });
  afterEach(() => capacity.stop());

  const ofCallback = (callbackId: string): object => ({
    callbackId,
    handoverId: 'h-1',
    pool: 'billing',
    occurredAt: toIso(capacity.clock.now()),
  });

  it('take nothing away while they last as planned, even if the contact centre reports the agent busy', async () => {
    await capacity.say('PUT', '/v1/agents/billing-1/state', { state: 'busy' });
    await capacity.say('PUT', '/v1/agents/billing-2/state', { state: 'away', until: '2026-11-23T12:30:00Z' });
    await capacity.showsAt(noon, 5);
    expect(await capacity.allowedAt('2026-11-23T10:00:00Z')).toBe(5);
    expect(await capacity.allowedAt('2026-11-23T10:10:00Z')).toBe(5);
  });

  it('take agents away when so many overrun that promises would be late, and give them back when they end', async () => {
    capacity.clock.advanceTo(fromIso('2026-11-23T10:12:00Z'));
    await capacity.showsAt('2026-11-23T10:15:00Z', 5);
    for (const [index, callbackId] of callbackIds.entries())
      await capacity.happens(`callback-${callbackId}`, 'CallbackCompleted', {
        ...ofCallback(callbackId),
        disposition: 'resolved',
        by: 'agent',
        agentId: `billing-${index + 1}`,
        attempts: 1,
        handleSeconds: 700,
        issueType: 'dispute',
      });
    await capacity.showsAt('2026-11-23T10:15:00Z', 6);
  });
});

describe('callbacks that wait for an agent', () => {
  it('take room from the windows next to come until they are dialled', async () => {
    const capacity = await RunningCapacity.start();
    await capacity.aPool();
    await capacity.showsAt('2026-11-23T10:05:00Z', 6);
    const callbackIds = Array.from({ length: 12 }, (_, count) => idFrom('waiting', count));
    const ofCallback = { handoverId: 'h-1', pool: 'billing', occurredAt: toIso(monday) };
    for (const callbackId of callbackIds)
      await capacity.happens(`callback-${callbackId}`, 'CallbackScheduled', {
        ...ofCallback,
        callbackId,
        start: '2026-11-23T10:00:00Z',
        end: '2026-11-23T10:05:00Z',
        handleSeconds: 360,
        issueType: 'dispute',
        skills: ['billing'],
      });
    capacity.clock.advanceTo(monday + 5 * minuteMs);
    await capacity.showsAt('2026-11-23T10:05:00Z', 0);
    for (const callbackId of callbackIds)
      await capacity.happens(`callback-${callbackId}`, 'AttemptStarted', {
        ...ofCallback,
        callbackId,
        attempt: 1,
        attemptId: idFrom('attempt', callbackId),
        inWindow: true,
        agentId: 'billing-1',
      });
    capacity.clock.advanceTo(monday + 10 * minuteMs);
    await capacity.showsAt('2026-11-23T10:15:00Z', 6);
    await capacity.stop();
  });
});

import { type CapacityView, topics } from '@handover/contracts';
import { until } from '@handover/platform/testing';
import { RunningCapacity } from '../testing/a-running-capacity.js';

const noon = '2026-11-23T12:00:00Z';

describe('what others say by topic', () => {
  let capacity: RunningCapacity;
  beforeEach(async () => {
    capacity = await RunningCapacity.start();
    await capacity.aPool();
    await capacity.showsAt(noon, 6);
  });
  afterEach(() => capacity.stop());

  const completed = (more: object): object => ({
    callbackId: 'c-1',
    handoverId: 'h-1',
    pool: 'billing',
    disposition: 'resolved',
    by: 'agent',
    attempts: 1,
    handleSeconds: 240,
    issueType: 'dispute',
    occurredAt: '2026-11-23T10:00:00Z',
    ...more,
  });

  it('an agent’s state changes the capacity', async () => {
    await capacity.publish(topics.capacityCommands, 'agent.set-state', 'billing-1', {
      agentId: 'billing-1',
      state: 'offline',
    });
    await capacity.showsAt(noon, 5);
  });

  it('an inbound load is kept back', async () => {
    const load = { pool: 'billing', from: '2026-11-23T09:00:00Z', to: '2026-11-23T10:00:00Z', calls: 10 };
    await capacity.publish(topics.capacityCommands, 'inbound-load.observe', 'billing', load);
    await until(async () => (await capacity.allowedAt(noon)) < 6);
  });

  it.each([
    ['agent.set-state', { agentId: 'nobody', state: 'available' }, 'unknown-agent'],
    ['agent.set-state', { agentId: 'billing-1', state: 'asleep' }, 'state'],
    [
      'inbound-load.observe',
      { pool: 'nowhere', from: noon, to: '2026-11-23T13:00:00Z', calls: 1 },
      'unknown-pool',
    ],
    [
      'inbound-load.observe',
      { pool: 'billing', from: '2026-11-23T09:00:00Z', to: '2026-11-23T09:00:00Z', calls: 1 },
      'empty-interval',
    ],
  ])('%s %o is a dead letter that says %s', async (type, data, reason) => {
    await capacity.publish(topics.capacityCommands, type, 'k', data);
    const letters = (): Promise<string[]> => capacity.deadLetters(topics.capacityCommands);
    await until(async () => (await letters()).length === 1);
    expect(await letters()).toEqual([expect.stringContaining(reason)]);
  });

  it('a completed callback teaches its issue type’s handle time, once', async () => {
    for (let time = 0; time < 2; time += 1)
      await capacity.publish(
        topics.callbackEvents,
        'CallbackCompleted',
        'h-1',
        completed({}),
        'completion-1',
      );
    await capacity.publish(
      topics.callbackEvents,
      'CallbackCompleted',
      'h-2',
      completed({ callbackId: 'c-2' }),
    );
    const learned = async (): Promise<CapacityView['handleTimes']> =>
      (await capacity.call<CapacityView>('GET', '/v1/pools/billing/capacity')).body.handleTimes;
    await until(async () => (await learned())[0]?.observations === 2);
    expect(await learned()).toMatchObject([{ issueType: 'dispute', observations: 2 }]);
  });

  it('learns for how long the agent was bound; from events before that was told, how long the call took', async () => {
    const closed = [
      completed({ issueType: 'old' }),
      completed({ callbackId: 'c-2', handoverId: 'h-2', issueType: 'new', agentSeconds: 300 }),
    ];
    for (const [at, event] of closed.entries())
      await capacity.publish(topics.callbackEvents, 'CallbackCompleted', `h-${at}`, event);
    const learned = async (): Promise<object[]> =>
      (await capacity.events('pool-billing'))
        .filter(({ type }) => type === 'HandleTimeObserved')
        .map(({ data }) => data as object);
    await until(async () => (await learned()).length === 2);
    const byIssue = expect.arrayContaining([
      expect.objectContaining({ issueType: 'old', seconds: 240 }),
      expect.objectContaining({ issueType: 'new', seconds: 300 }),
    ]);
    expect(await learned()).toEqual(byIssue);
  });

  it('a callback that nobody closed teaches nothing: nobody knows how long it took', async () => {
    await capacity.publish(topics.callbackEvents, 'CallbackCompleted', 'h-1', completed({ by: 'timeout' }));
    await capacity.publish(
      topics.callbackEvents,
      'CallbackCompleted',
      'h-1',
      completed({ handleSeconds: undefined }),
    );
    await capacity.publish(
      topics.callbackEvents,
      'CallbackCompleted',
      'h-1',
      completed({ issueType: 'last' }),
    );
    await until(async () =>
      (await capacity.events('pool-billing')).some(({ type }) => type === 'HandleTimeObserved'),
    );
    const learned = (await capacity.events('pool-billing')).filter(
      ({ type }) => type === 'HandleTimeObserved',
    );
    expect(learned.map(({ data }) => data)).toMatchObject([{ issueType: 'last' }]);
  });
});

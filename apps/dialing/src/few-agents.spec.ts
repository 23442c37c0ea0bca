import { type CallbackEvent, type ScheduleCallback } from '@handover/contracts';
import { fromIso, minuteMs, secondMs } from '@handover/kernel';
import { agreedAt, start } from '@handover/dialing/testing';
import { type EventStore } from '@handover/platform';
import { until } from '@handover/platform/testing';
import { callers, history, work } from './testing/callers.js';
import { Centre } from './testing/centre.js';

/** What a callback that has no agent is waiting for. */
interface Waiting {
  readonly from: number;
  readonly to: number;
}

/** Who was given an agent while somebody else should have been; and agents who had two callbacks. */
function unfair(events: readonly CallbackEvent[]): string[] {
  const waiting = new Map<string, Waiting>();
  const has = new Map<string, string>();
  const faults: string[] = [];
  for (const { type, data } of events) {
    const now = fromIso(data.occurredAt);
    const id = data.callbackId;
    if (type === 'CallbackScheduled') waiting.set(id, { from: fromIso(data.start), to: fromIso(data.end) });
    if (type === 'CallbackCompleted') has.forEach((held, agent) => held === id && has.delete(agent));
    if (type !== 'AgentAssigned') continue;
    const { agentId } = data;
    if (has.has(agentId)) faults.push(`${agentId} has ${has.get(agentId)} and ${id}`);
    has.set(agentId, id);
    const chosen = rank(id, waiting.get(id), now);
    waiting.delete(id);
    for (const [other, of] of waiting)
      if (now >= of.from && rank(other, of, now) < chosen) faults.push(`${id} before ${other}`);
  }
  return faults;
}

const rank = (id: string, of: Waiting | undefined, now: number): string =>
  `${(of?.from ?? 0) > now ? 'upcoming' : 'due'} ${of?.to} ${id}`;

describe('more callbacks than agents', () => {
  it('begin in the order of their windows, each as soon as an agent is free, and all in time', async () => {
    const centre = await Centre.open();
    await centre.agents('ann', 'ben', 'cid', 'dan');
    const first = ['c-17', 'c-11', 'c-16', 'c-12', 'c-15', 'c-13', 'c-14'];
    const later = ['c-24', 'c-21', 'c-23', 'c-22'];
    await callers(centre, first);
    await callers(centre, later, start + 5 * minuteMs);
    await centre.pass(start - agreedAt - 2 * minuteMs);
    await work(centre, 20 * 60, (id) => 160 + 7 * Number(id.slice(2)));
    const events = await history(centre);
    await centre.close();

    expect(unfair(events)).toEqual([]);
    const attempts = events.filter(({ type }) => type === 'AttemptStarted');
    expect(attempts.map(({ data }) => data)).toEqual(
      Array.from({ length: 11 }, () => expect.objectContaining({ inWindow: true })),
    );
    const at = (type: string) => events.filter((event) => event.type === type).map(({ data }) => data);
    expect(at('CallbackCompleted')).toHaveLength(11);
    // Nobody waits for a timer: whoever waits gets an agent at the moment at which one is free.
    const freed = at('CallbackCompleted').map(({ occurredAt }) => occurredAt);
    const late = at('AgentAssigned').filter(({ callbackId, occurredAt }) => {
      const from = first.includes(callbackId) ? start : start + 5 * minuteMs;
      return fromIso(occurredAt) > from - minuteMs;
    });
    expect(late.length).toBeGreaterThanOrEqual(3);
    for (const { occurredAt } of late) expect(freed).toContain(occurredAt);
  });

  it('are served by an event, not by a timer, also if the contact centre has the agent wrap up first', async () => {
    const centre = await Centre.open();
    await centre.agents('ann');
    await callers(centre, ['c-1', 'c-2']);
    await centre.pass(start - agreedAt - minuteMs);
    await centre.acknowledge('ann', 'c-1');
    await centre.passUntil('CallerConnected', 'c-1');
    await centre.state('ann', 'wrap-up');
    await centre.pass(7 * secondMs);
    await centre.dispose('ann', {}, 'c-1');
    await centre.settle();
    expect(await centre.story('c-2')).toEqual(['CallbackScheduled']);
    await centre.state('ann', 'available');
    await centre.settle();
    expect(await centre.story('c-2')).toContain('AgentAssigned(ann)');
    await centre.close();
  });
});

describe('an agent who waits for the next attempt at one caller', () => {
  const ringOut = async (more: Partial<ScheduleCallback> = {}): Promise<Centre> => {
    const centre = await Centre.open();
    await centre.agents('ann');
    await callers(centre, ['c-1', 'c-2'], start);
    await callers(centre, ['c-3'], start, more);
    await centre.caller('0002', 'h-c-1');
    await centre.pass(start - agreedAt - minuteMs);
    await centre.acknowledge('ann', 'c-1');
    return centre;
  };

  it('goes to another whose window is running out, and comes back afterwards', async () => {
    const centre = await ringOut();
    await centre.passUntil('AttemptEnded(no-answer)', 'c-1');
    await centre.settle();
    expect((await centre.story('c-1')).at(-1)).toBe('AgentReleased(more-pressing)');
    expect(await centre.story('c-2')).toContain('AgentAssigned(ann)');
    await work(centre, 120, () => 20);
    const third = (await history(centre)).find(
      ({ type, data }) => type === 'AgentAssigned' && data.callbackId === 'c-3',
    );
    expect(third).toBeDefined();
    expect((await centre.story('c-1')).filter((each) => each === 'AgentAssigned(ann)')).toHaveLength(2);
    await centre.close();
  });

  it('stays while nobody waits whom the agent could serve', async () => {
    const centre = await Centre.open();
    await centre.agents('ann');
    await callers(centre, ['c-1']);
    await callers(centre, ['c-2'], start, { skills: ['tv'] });
    await callers(centre, ['c-3'], start + 5 * minuteMs);
    await centre.caller('0002', 'h-c-1');
    await centre.pass(start - agreedAt - minuteMs);
    await centre.acknowledge('ann', 'c-1');
    await centre.pass(3 * minuteMs - secondMs);
    expect((await centre.story('c-1')).at(-1)).toBe('AttemptEnded(no-answer)');
    await centre.close();
  });
});

describe('hundreds of callbacks that wait', () => {
  it('cost one freed agent no more reads of the log than one', async () => {
    let reads = 0;
    const counting = (store: EventStore): EventStore =>
      new Proxy(store, {
        get: (target, name: keyof EventStore) => {
          if (name === 'readStream') reads += 1;
          return target[name].bind(target);
        },
      });
    const centre = await Centre.open({ seenAs: counting });
    await centre.agents('ann');
    await callers(
      centre,
      Array.from({ length: 300 }, (_, n) => `c-${1000 + n}`),
    );
    await centre.pass(start - agreedAt - minuteMs);
    await centre.acknowledge('ann', 'c-1000');
    await centre.passUntil('CallerConnected', 'c-1000');
    reads = 0;
    await centre.dispose('ann', {}, 'c-1000');
    await until(async () => (await centre.story('c-1001')).includes('AgentAssigned(ann)'));
    expect(reads).toBeLessThan(10);
    await centre.close();
  });
});

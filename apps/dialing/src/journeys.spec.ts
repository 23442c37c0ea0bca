import { jest } from '@jest/globals';
import { topics } from '@handover/contracts';
import { hourMs, minuteMs, secondMs, toIso } from '@handover/kernel';
import { agreedAt, start } from '@handover/dialing/testing';
import { type ReceivedMessage } from '@handover/platform';
import { until } from '@handover/platform/testing';
import { Centre } from './testing/centre.js';
import { Simulator } from './telephony/simulator.js';

const untilStart = start - agreedAt;
const lead = minuteMs;

describe('a callback', () => {
  const hangUp = jest.spyOn(Simulator.prototype, 'hangUp');
  let centre: Centre;
  beforeEach(async () => {
    hangUp.mockClear();
    centre = await Centre.open();
  });
  afterEach(() => centre.close());

  /** Scheduled, and the briefing on an agent's desk: a minute before the window. */
  const presented = async (digits = '1000', ...agents: string[]) => {
    await centre.agents(...(agents.length > 0 ? agents : ['ann']));
    await centre.caller(digits);
    await centre.schedule();
    await centre.pass(untilStart - lead);
  };

  it('is briefed, dialled in its window, answered, and closed by the agent', async () => {
    const published: ReceivedMessage[] = [];
    const watching = centre.platform.bus.subscribe({
      group: 'test',
      topics: [topics.callbackEvents],
      handler: async (message) => void published.push(message),
    });
    await watching.ready;
    await presented();
    expect(await centre.story()).toEqual(['CallbackScheduled', 'AgentAssigned(ann)', 'BriefingPresented']);
    await centre.acknowledge();
    await centre.pass(lead);
    expect((await centre.story()).at(-1)).toBe('AttemptStarted');
    await centre.pass(10 * secondMs);
    expect((await centre.story()).at(-1)).toBe('CallerConnected');
    await centre.pass(3 * minuteMs);
    const answer = await centre.dispose('ann', { personal: { notes: 'Refunded Ada Caller.' } });
    expect(answer.json()).toMatchObject({ phase: 'completed', disposition: 'resolved' });
    expect(await centre.story()).toEqual([
      'CallbackScheduled',
      'AgentAssigned(ann)',
      'BriefingPresented',
      'BriefingAcknowledged',
      'AttemptStarted',
      'CallerConnected',
      'AttemptEnded(answered)',
      'CallbackCompleted(resolved)',
    ]);
    const events = await centre.events();
    expect(events[4]).toMatchObject({ data: { inWindow: true, occurredAt: toIso(start) } });
    expect(events.at(-1)).toMatchObject({ data: { by: 'agent', attempts: 1, handleSeconds: 184 } });

    await until(() => published.length === 8);
    expect(published.map(({ key }) => key)).toEqual(Array(8).fill('h-1'));
    expect(published.map(({ value }) => String(value)).join()).not.toMatch(/Ada|Refunded|41445/);
    await watching.stop();
  });

  it('goes to the next agent when the first does not acknowledge', async () => {
    await presented('1000', 'ann', 'ben');
    await centre.pass(30 * secondMs);
    expect((await centre.story()).slice(3)).toEqual([
      'AgentReleased(unacknowledged)',
      'AgentAssigned(ben)',
      'BriefingPresented',
    ]);
    expect((await centre.acknowledge('ann')).statusCode).toBe(409);
    await centre.acknowledge('ben');
    await centre.passUntil('CallerConnected');
    await centre.dispose('ben');
    expect((await centre.story()).at(-1)).toBe('CallbackCompleted(resolved)');
  });

  it('goes to the next agent when the first leaves after the acknowledgement', async () => {
    await presented('1000', 'ann', 'ben');
    await centre.acknowledge('ann');
    await centre.state('ann', 'away');
    await centre.settle();
    expect((await centre.story()).slice(4)).toEqual([
      'AgentReleased(unavailable)',
      'AgentAssigned(ben)',
      'BriefingPresented',
    ]);
  });

  it('is given to an agent as soon as one becomes available', async () => {
    await centre.agents('ann');
    await centre.state('ann', 'busy');
    await centre.caller('1000');
    await centre.schedule();
    await centre.pass(untilStart);
    expect(await centre.story()).toEqual(['CallbackScheduled']);
    await centre.state('ann', 'available');
    await centre.settle();
    expect((await centre.story()).slice(1)).toEqual(['AgentAssigned(ann)', 'BriefingPresented']);
  });

  it('is dialled again after a busy line, by the same briefed agent, and reached', async () => {
    await presented('0001');
    await centre.acknowledge();
    await centre.passUntil('CallerConnected');
    await centre.dispose();
    expect((await centre.story()).slice(4)).toEqual([
      'AttemptStarted',
      'AttemptEnded(busy)',
      'AttemptStarted',
      'CallerConnected',
      'AttemptEnded(answered)',
      'CallbackCompleted(resolved)',
    ]);
  });

  it('that is cancelled frees its agent', async () => {
    await presented();
    await centre.acknowledge();
    await centre.cancel();
    await centre.pass(lead);
    expect((await centre.story()).slice(4)).toEqual([
      'AgentReleased(cancelled)',
      'CallbackCancelled(caller)',
    ]);
  });

  it('that is cancelled while it rings stops ringing', async () => {
    await presented();
    await centre.acknowledge();
    await centre.pass(lead + secondMs);
    await centre.cancel();
    expect(hangUp).toHaveBeenCalledTimes(1);
    await centre.pass(minuteMs);
    expect((await centre.story()).slice(5)).toEqual([
      'AttemptEnded(failed)',
      'AgentReleased(cancelled)',
      'CallbackCancelled(caller)',
    ]);
  });

  it('that is moved is kept at the new time', async () => {
    await presented();
    await centre.acknowledge();
    await centre.reschedule();
    await centre.pass(hourMs - 2 * minuteMs);
    expect((await centre.story()).slice(4)).toEqual(['AgentReleased(rescheduled)', 'CallbackRescheduled']);
    await centre.pass(2 * minuteMs);
    await centre.acknowledge();
    await centre.passUntil('CallerConnected');
    expect((await centre.events()).find(({ type }) => type === 'AttemptStarted')).toMatchObject({
      data: { occurredAt: toIso(start + hourMs), inWindow: true },
    });
  });

  it('never shares its agent with another callback', async () => {
    await centre.agents('ann');
    await centre.caller('1000');
    await centre.caller('1000', 'h-2');
    await centre.schedule();
    await centre.schedule({ callbackId: 'c-2', handoverId: 'h-2' });
    await centre.pass(untilStart - lead);
    await centre.pass(10 * secondMs);
    expect(await centre.story()).toContain('AgentAssigned(ann)');
    expect(await centre.story('c-2')).toEqual(['CallbackScheduled']);
    await centre.acknowledge();
    await centre.passUntil('CallerConnected');
    await centre.dispose();
    expect(await centre.story('c-2')).toContain('AgentAssigned(ann)');
  });
});

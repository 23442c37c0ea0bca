import { jest } from '@jest/globals';
import { VirtualClock, minuteMs, secondMs } from '@handover/kernel';
import { agreedAt, start } from '@handover/dialing/testing';
import { memoryEventStore } from '@handover/platform';
import { Centre } from './testing/centre.js';
import { MortalStore } from './testing/mortal-store.js';
import { Simulator } from './telephony/simulator.js';

describe('several processes that drive the same callbacks', () => {
  const dial = jest.spyOn(Simulator.prototype, 'dial');
  const ids = ['c-1', 'c-2', 'c-3'];
  let centres: Centre[];
  let one: Centre;

  beforeEach(async () => {
    dial.mockClear();
    const clock = new VirtualClock(agreedAt);
    const store = memoryEventStore(clock);
    const seenAs = () => new MortalStore(store, () => false);
    centres = [];
    for (const instance of ['one', 'two', 'three'])
      centres.push(await Centre.open({ clock, store, seenAs, instance }));
    one = centres[0] as Centre;
  });
  afterEach(() => Promise.all(centres.map((centre) => centre.close())));

  it('dial each attempt once, and never give one agent two callbacks', async () => {
    await one.agents('ann', 'ben', 'cid');
    for (const id of ids) await one.caller('0001', `h-${id}`);
    // Each of them was given commands of the pool at some time: none lets the others go first.
    for (const centre of centres)
      for (const id of ids) await centre.schedule({ callbackId: id, handoverId: `h-${id}` });
    await one.pass(start - agreedAt - minuteMs);
    const agents = new Map<string, string>();
    for (let second = 0; second < 300; second += 1) {
      await one.pass(secondMs);
      agents.clear();
      for (const id of ids) {
        const { agentId, phase } = (await one.get(`/v1/callbacks/${id}`)).json<{
          agentId?: string;
          phase: string;
        }>();
        if (!agentId || phase === 'completed') continue;
        if (phase === 'ringing' || phase === 'connected') expect(agents.get(agentId)).toBeUndefined();
        agents.set(agentId, id);
        if (phase === 'briefing') await one.acknowledge(agentId, id);
        if (phase === 'connected') await one.dispose(agentId, {}, id);
      }
    }
    for (const id of ids) {
      const story = await one.story(id);
      expect(story.at(-1)).toBe('CallbackCompleted(resolved)');
      expect(story.filter((each) => each === 'AttemptStarted')).toHaveLength(2);
      expect(story.filter((each) => each === 'CallbackCompleted(resolved)')).toHaveLength(1);
    }
    const dialled = dial.mock.calls.map(([{ attemptId }]) => attemptId);
    expect(dialled).toHaveLength(6);
    expect(new Set(dialled).size).toBe(6);
  });

  it('take over from one that stops, without any command', async () => {
    await one.agents('ann');
    await one.caller('1000');
    await one.schedule();
    await one.close();
    centres.shift();
    const two = centres[0] as Centre;
    await two.pass(start - agreedAt - minuteMs + 3 * secondMs);
    await two.acknowledge();
    await two.passUntil('CallerConnected');
    await two.dispose();
    expect((await two.story()).at(-1)).toBe('CallbackCompleted(resolved)');
  });
});

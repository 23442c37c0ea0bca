import { jest } from '@jest/globals';
import { eventClasses, type CallbackEvent } from '@handover/contracts';
import { VirtualClock, minuteMs, secondMs } from '@handover/kernel';
import { aCommand, agreedAt } from '@handover/dialing/testing';
import { type EventStore, memoryEventStore } from '@handover/platform';
import { until } from '@handover/platform/testing';
import { Centre } from './testing/centre.js';
import { type Dies, MortalStore } from './testing/mortal-store.js';
import { Simulator } from './telephony/simulator.js';

const report = { disposition: 'resolved', reAsked: false };

/** An agent who does the job, whichever process answers, until the callback is closed. */
async function work(centre: Centre, dead: () => boolean): Promise<void> {
  for (let second = 0; second < 20 * 60; second += 1) {
    if (dead()) return;
    await centre.pass(secondMs);
    const callback = await present(centre);
    if (!callback) continue;
    if (callback.phase === 'completed') return;
    const { phase, agentId } = callback;
    // Not waited for: a dead process never answers.
    if (phase === 'briefing') void centre.send('/v1/callbacks/c-1/acknowledgement', { agentId });
    if (phase === 'connected') void centre.send('/v1/callbacks/c-1/disposition', { ...report, agentId });
    await centre.settle();
  }
}

async function present(centre: Centre): Promise<{ phase: string; agentId: string } | undefined> {
  const answer = centre
    .get('/v1/callbacks/c-1')
    .then((each) => each.json<{ phase: string; agentId: string }>());
  // A dead process does not answer at all.
  return Promise.race([answer, centre.settle().then(() => undefined)]);
}

const moments = Object.keys(eventClasses.callback)
  .filter((type) => !['CallbackRescheduled', 'CallbackCancelled', 'CallbackMissed'].includes(type))
  .flatMap((type) => (['before', 'after'] as const).map((moment) => [moment, type] as const));

describe('a process that is killed', () => {
  const centres: Centre[] = [];
  const mortals: MortalStore[] = [];
  const dial = jest.spyOn(Simulator.prototype, 'dial');
  beforeEach(() => dial.mockClear());
  afterEach(async () => {
    for (const mortal of mortals.splice(0)) mortal.bury();
    for (const centre of centres.splice(0)) await centre.close();
  });

  async function mortalCentre(store: EventStore, clock: VirtualClock, dies: Dies) {
    const mortal = new MortalStore(store, dies);
    mortals.push(mortal);
    const first = await Centre.open({ clock, store, seenAs: () => mortal });
    centres.push(first);
    return { first, mortal };
  }

  const dialled = () => dial.mock.calls.map(([{ attemptId }]) => attemptId);

  function expectSound(events: readonly CallbackEvent[]): void {
    const attempts = events.flatMap((event) =>
      event.type === 'AttemptStarted' ? [event.data.attemptId] : [],
    );
    expect(new Set(dialled()).size).toBe(dialled().length);
    expect(attempts).toEqual(expect.arrayContaining(dialled()));
    const acknowledged = events.findIndex(({ type }) => type === 'BriefingAcknowledged');
    const first = events.findIndex(({ type }) => type === 'AttemptStarted');
    expect(first).toBeGreaterThan(acknowledged);
    expect(events.filter(({ type }) => type === 'CallbackCompleted')).toHaveLength(1);
  }

  it.each(moments)('just %s %s is stored loses nothing and does nothing twice', async (moment, type) => {
    const clock = new VirtualClock(agreedAt);
    const store = memoryEventStore(clock);
    const { first, mortal } = await mortalCentre(store, clock, (event) => event.type === type && moment);
    await first.agents('ann', 'ben');
    await first.caller('0001');
    await first.command('callbacks.schedule', aCommand());
    await until(async () => mortal.isDead || (await first.story()).length > 0);
    // For somebody to be released, somebody has to be asleep.
    if (type === 'AgentReleased') await first.pass(15 * minuteMs);
    await work(first, () => mortal.isDead);
    expect(mortal.isDead).toBe(true);

    const second = await Centre.open({ clock, store, instance: 'two' });
    centres.push(second);
    // The broker delivers again what the first process had not finished.
    if (type === 'CallbackScheduled') await second.schedule();
    await work(second, () => false);

    const events = await second.events();
    expectSound(events);
    expect(events.at(-1)).toMatchObject({ data: { disposition: 'resolved', by: 'agent' } });
  });

  it('between the stored attempt and the dial, has its attempt ended, and another one is dialled', async () => {
    const clock = new VirtualClock(agreedAt);
    const store = memoryEventStore(clock);
    const { first, mortal } = await mortalCentre(
      store,
      clock,
      ({ type }) => type === 'AttemptStarted' && 'after',
    );
    await first.agents('ann');
    await first.caller('1000');
    await first.schedule();
    await work(first, () => mortal.isDead);
    expect(dialled()).toEqual([]);

    const second = await Centre.open({ clock, store, instance: 'two' });
    centres.push(second);
    await work(second, () => false);
    const [lost, reached] = (await second.events()).flatMap((event) =>
      event.type === 'AttemptStarted' ? [event.data.attemptId] : [],
    );
    expect(dialled()).toEqual([reached]);
    expect(await second.events()).toContainEqual(
      expect.objectContaining({
        type: 'AttemptEnded',
        data: expect.objectContaining({ attemptId: lost, outcome: 'failed', cause: 'dialing-restarted' }),
      }),
    );
  });
});

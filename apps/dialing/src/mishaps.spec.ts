import { hourMs, minuteMs, secondMs, toIso } from '@handover/kernel';
import { agreedAt, end, start } from '@handover/dialing/testing';
import { type EventStore, StoreUnavailable } from '@handover/platform';
import { until } from '@handover/platform/testing';
import { Centre } from './testing/centre.js';
import { MortalStore } from './testing/mortal-store.js';

const untilStart = start - agreedAt;
const lead = minuteMs;

describe('a callback that goes wrong', () => {
  let centre: Centre;
  beforeEach(async () => {
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

  it('that meets only machines ends as voicemail, after three attempts', async () => {
    await presented('0003');
    await centre.acknowledge();
    await centre.passUntil('AttemptEnded(voicemail)');
    await centre.pass(10 * minuteMs);
    for (
      let late = 0;
      late < 3 && !(await centre.story()).includes('CallbackCompleted(voicemail)');
      late += 1
    ) {
      await centre.pass(55 * minuteMs);
      await centre.acknowledge();
      await centre.pass(5 * minuteMs);
    }
    const story = await centre.story();
    expect(story.filter((each) => each === 'AttemptEnded(voicemail)')).toHaveLength(3);
    expect(story.at(-1)).toBe('CallbackCompleted(voicemail)');
    expect(story).not.toContain('CallerConnected');
  });

  it.each([
    ['0004', 'wrong-number'],
    ['0005', 'declined'],
  ])('to a number …%s ends as %s, at once', async (digits, outcome) => {
    await presented(digits);
    await centre.acknowledge();
    await centre.passUntil(`CallbackCompleted(${outcome})`);
    expect((await centre.story()).filter((each) => each === 'AttemptStarted')).toHaveLength(1);
  });

  it('without an agent is missed when its window closes, and kept late', async () => {
    await centre.caller('1000');
    const oddEnd = end + 2 * secondMs;
    await centre.schedule({ end: toIso(oddEnd) });
    await centre.pass(oddEnd - agreedAt);
    expect(await centre.story()).toEqual(['CallbackScheduled', 'CallbackMissed(no-agent)']);
    expect((await centre.events())[1]).toMatchObject({ data: { occurredAt: toIso(oddEnd) } });
    await centre.pass(10 * minuteMs);
    await centre.agents('ann');
    await centre.settle();
    await centre.acknowledge();
    await centre.passUntil('CallerConnected');
    expect(await centre.events()).toContainEqual(
      expect.objectContaining({ type: 'AttemptStarted', data: expect.objectContaining({ inWindow: false }) }),
    );
  });

  it('that no agent ever reads is missed, given up late, and never dialled', async () => {
    await presented();
    await centre.pass(6 * minuteMs);
    expect(await centre.story()).toContain('CallbackMissed(no-briefed-agent)');
    await centre.state('ann', 'offline');
    await centre.passUntil('CallbackCompleted(failed)', 'c-1', 5 * hourMs);
    expect(await centre.story()).not.toContain('AttemptStarted');
  });

  it('is not dialled outside the hours that the pool keeps', async () => {
    await centre.pool({ countryHours: [{ country: 'CH', from: '08:00', to: '14:00' }] });
    await presented();
    await centre.pass(6 * minuteMs);
    expect(await centre.story()).toEqual([
      'CallbackScheduled',
      'CallbackMissed(outside-calling-hours)',
      'CallbackCompleted(failed)',
    ]);
  });

  it('that the agent does not close is a follow-up after the time for it', async () => {
    await presented();
    await centre.acknowledge();
    await centre.passUntil('CallerConnected');
    await centre.pass(hourMs + 10 * minuteMs + secondMs);
    expect((await centre.story()).slice(6)).toEqual([
      'AttemptEnded(answered)',
      'CallbackCompleted(follow-up)',
    ]);
    expect((await centre.events()).at(-1)).toMatchObject({ data: { by: 'timeout', handleSeconds: 3600 } });
  });

  it('whose caller is not known any more fails, and nobody is dialled', async () => {
    await centre.agents('ann');
    await centre.schedule();
    await centre.pass(untilStart - lead);
    await centre.acknowledge();
    await centre.pass(lead);
    expect((await centre.story()).slice(4)).toEqual(['CallbackCompleted(failed)']);
  });

  it('because the store was away when the call ended, is told as it was', async () => {
    let away = true;
    const seenAs = (store: EventStore) =>
      new MortalStore(store, ({ data }) => {
        if (away && (data as { cause?: string }).cause === 'sip:480') throw new StoreUnavailable('away');
        return false;
      });
    const unlucky = await Centre.open({ seenAs });
    await unlucky.agents('ann');
    await unlucky.caller('0002');
    await unlucky.schedule();
    await unlucky.pass(untilStart - lead);
    await unlucky.acknowledge();
    await unlucky.pass(lead + 2 * minuteMs);
    expect((await unlucky.story()).slice(4)).toEqual(['AttemptStarted']);
    away = false;
    await until(async () => (await unlucky.story()).includes('AttemptEnded(no-answer)'));
    await unlucky.close();
  });
});

import { type CallbackEvent } from '@handover/contracts';
import { hourMs, minuteMs, secondMs } from '@handover/kernel';
import { type Circumstances, nextStep } from './next-step.js';
import { usualSettings } from './settings.js';
import { agreedAt, briefedAgent, daytime, end, given, happened, start } from './testing/index.js';

const step = (events: readonly CallbackEvent[], now: number, more: Partial<Circumstances> = {}) =>
  nextStep(
    given(...events),
    { now, hours: daytime, agentReady: true, agentWanted: false, ...more },
    usualSettings,
  );

const scheduled = [happened.scheduled()];
const lead = start - minuteMs;
const assigned = [...scheduled, happened.assigned(lead), happened.presented(lead)];
const ringing = [...briefedAgent, happened.started(start)];
const unanswered = (at: number, attempt = 1) => happened.ended(at, { attempt });
const talking = [...ringing, happened.connected(start + 10 * secondMs)];

describe('before the window', () => {
  it('waits until the lead, then looks for an agent', () => {
    expect(step(scheduled, agreedAt)).toEqual({ do: 'wait', until: lead });
    expect(step(scheduled, lead)).toEqual({ do: 'assign', due: start });
  });

  it('waits for the acknowledgement, then asks another agent', () => {
    const deadline = lead + 30 * secondMs;
    expect(step(assigned, lead)).toEqual({ do: 'wait', until: deadline });
    expect(step(assigned, deadline)).toEqual({ do: 'release', agentId: 'ann', reason: 'unacknowledged' });
  });

  it('waits for the start with an agent who is ready', () => {
    expect(step(briefedAgent, start - secondMs)).toEqual({ do: 'wait', until: start });
  });

  it('lets an agent go whom a pressing callback wants, acknowledged or not; not who is about to dial', () => {
    const release = { do: 'release', agentId: 'ann', reason: 'more-pressing' };
    const wanted = { agentWanted: true };
    expect(step(assigned, lead + secondMs, wanted)).toEqual(release);
    expect(step(briefedAgent, start - 1, wanted)).toEqual(release);
    expect(step(briefedAgent, start, wanted)).toEqual({ do: 'dial' });
    expect(step(assigned, start - 31 * secondMs, wanted)).toEqual(release);
  });

  it('lets an agent go who is no longer available, acknowledged or not', () => {
    const release = { do: 'release', agentId: 'ann', reason: 'unavailable' };
    expect(step(assigned, lead, { agentReady: false })).toEqual(release);
    expect(step(briefedAgent, start, { agentReady: false })).toEqual(release);
  });
});

describe('in the window', () => {
  it('dials as soon as the agent is ready', () => {
    expect(step(briefedAgent, start)).toEqual({ do: 'dial' });
    expect(step(briefedAgent, end - 1)).toEqual({ do: 'dial' });
  });

  it('keeps the briefed agent for an attempt that follows soon', () => {
    const again = [...ringing, unanswered(start + 30 * secondMs)];
    expect(step(again, start + 30 * secondMs)).toEqual({ do: 'wait', until: start + 150 * secondMs });
    expect(step(again, start + 150 * secondMs)).toEqual({ do: 'dial' });
  });

  it('keeps an agent who is asked in the lead, however short the keeping', () => {
    const settings = { ...usualSettings, keepAgentMs: 0 };
    const circumstances = { now: lead, hours: daytime, agentReady: true, agentWanted: false };
    expect(nextStep(given(...assigned), circumstances, settings)).toMatchObject({ do: 'wait' });
  });

  it('keeps nobody while another window runs out, but does not give away who is about to dial', () => {
    const again = [...ringing, unanswered(start + 30 * secondMs)];
    const release = { do: 'release', agentId: 'ann', reason: 'more-pressing' };
    expect(step(again, start + 149 * secondMs, { agentWanted: true })).toEqual(release);
    expect(step(again, start + 150 * secondMs, { agentWanted: true })).toEqual({ do: 'dial' });
  });

  it('lets the agent work while the next attempt is far off', () => {
    const atEnd = [...ringing, unanswered(end)];
    expect(step(atEnd, end)).toEqual({ do: 'release', agentId: 'ann', reason: 'between-attempts' });
    const released = [...atEnd, happened.released(end, { reason: 'between-attempts' })];
    expect(step(released, end)).toEqual({ do: 'wait', until: end + 29 * minuteMs });
  });
});

describe('when the window closes without a dial', () => {
  it('says so, at that moment', () => {
    expect(step(assigned, end - secondMs, { agentReady: true })).toMatchObject({ do: 'release' });
    expect(step(scheduled, end)).toEqual({ do: 'miss', reason: 'no-agent' });
    const acknowledging = [...scheduled, happened.assigned(end - 1), happened.presented(end - 1)];
    expect(step(acknowledging, end - 1)).toEqual({ do: 'wait', until: end });
  });

  it('tells why', () => {
    const nobodyRead = [...assigned, happened.released(start)];
    expect(step(nobodyRead, end)).toEqual({ do: 'miss', reason: 'no-briefed-agent' });
    expect(step(scheduled, end + minuteMs)).toEqual({ do: 'miss', reason: 'dialing-was-down' });
    const evening = { hours: { ...daytime, to: '14:00' } };
    expect(step(scheduled, end, evening)).toEqual({ do: 'miss', reason: 'outside-calling-hours' });
  });

  it('goes on late', () => {
    const missed = [...scheduled, happened.missed(end)];
    expect(step(missed, end)).toEqual({ do: 'assign', due: end });
    expect(step([...briefedAgent, happened.missed(end)], end + minuteMs)).toEqual({ do: 'dial' });
  });

  it('gives up when late is too late, or the calling hours are over', () => {
    const missed = [...scheduled, happened.missed(end)];
    const failed = { do: 'complete', disposition: 'failed', by: 'timeout' };
    expect(step(missed, end + 4 * hourMs)).toEqual(failed);
    expect(step(missed, end, { hours: { ...daytime, to: '14:00' } })).toEqual(failed);
  });
});

describe('during an attempt', () => {
  it('waits for news until there can be none', () => {
    expect(step(ringing, start)).toEqual({ do: 'wait', until: start + 50 * secondMs });
    expect(step(ringing, start + 50 * secondMs)).toEqual({ do: 'give-up-attempt', attemptId: 'a-1' });
    expect(step(talking, start + minuteMs)).toMatchObject({ do: 'wait' });
    expect(step(talking, start + 2 * hourMs)).toEqual({ do: 'give-up-attempt', attemptId: 'a-1' });
  });

  it('does not care whether the agent is shown as available', () => {
    expect(step(talking, start + minuteMs, { agentReady: false })).toMatchObject({ do: 'wait' });
  });
});

describe('after the last attempt', () => {
  it.each(['wrong-number', 'declined'] as const)('%s ends the callback', (outcome) => {
    const events = [...ringing, happened.ended(start, { outcome })];
    expect(step(events, start)).toEqual({ do: 'complete', disposition: outcome, by: 'telephony' });
  });

  it('the last outcome is the disposition', () => {
    const thrice = [1, 2, 3].flatMap((number) => [
      happened.started(start, number),
      happened.ended(start + number, { attempt: number, outcome: number < 3 ? 'busy' : 'voicemail' }),
    ]);
    const completed = { do: 'complete', disposition: 'voicemail', by: 'telephony' };
    expect(step([...briefedAgent, ...thrice], start + minuteMs)).toEqual(completed);
  });

  it("waits for the agent's word after a conversation, but not for ever", () => {
    const hungUp = [...talking, happened.ended(end, { outcome: 'answered' })];
    const deadline = end + 10 * minuteMs;
    expect(step(hungUp, end)).toEqual({ do: 'wait', until: deadline });
    expect(step(hungUp, deadline)).toEqual({ do: 'complete', disposition: 'follow-up', by: 'timeout' });
  });

  it('nothing is left to do for a callback that is closed or was never scheduled', () => {
    expect(step([], end)).toEqual({ do: 'rest' });
    const cancelled = { callbackId: 'c-1', handoverId: 'h-1', pool: 'care', reason: 'caller' } as const;
    const closed: CallbackEvent = {
      type: 'CallbackCancelled',
      data: { ...cancelled, occurredAt: '2026-11-24T13:00:00Z' },
    };
    expect(step([...scheduled, closed], end)).toEqual({ do: 'rest' });
  });
});

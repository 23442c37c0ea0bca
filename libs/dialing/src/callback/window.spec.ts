import { type CallbackEvent } from '@handover/contracts';
import { type Decision, isRefusal, minuteMs, secondMs, toIso } from '@handover/kernel';
import { aCommand, aMove, agreedAt, briefedAgent, end, given, happened, start } from '../testing/index.js';
import { cancel, miss, reschedule, schedule } from './window.js';

const cancellation = {
  callbackId: 'c-1',
  handoverId: 'h-1',
  pool: 'care',
  reason: 'caller',
  occurredAt: toIso(agreedAt),
} as const;

const types = (decision: Decision<CallbackEvent>) =>
  isRefusal(decision) ? decision.refused : decision.map(({ type }) => type);
const ringing = [...briefedAgent, happened.started(start)];
const talking = [...ringing, happened.connected(start + 9 * secondMs)];

describe('scheduling', () => {
  it('begins a callback with what was agreed', () => {
    expect(schedule(given(), aCommand(), agreedAt)).toEqual([happened.scheduled()]);
  });

  it('of a callback that exists changes nothing', () => {
    expect(schedule(given(happened.scheduled()), aCommand(), agreedAt)).toEqual([]);
  });
});

describe('moving the window', () => {
  it('takes the callback from its agent, whose time was planned for the old window', () => {
    expect(reschedule(given(...briefedAgent), aMove(), start - secondMs)).toEqual([
      happened.released(start - secondMs, { reason: 'rescheduled' }),
      happened.rescheduled({ occurredAt: toIso(start - secondMs) }),
    ]);
  });

  it('lets a telephone that rings go on ringing', () => {
    expect(types(reschedule(given(...ringing), aMove(), start + secondMs))).toEqual(['CallbackRescheduled']);
  });

  it('comes too late once a person was reached', () => {
    expect(reschedule(given(...talking), aMove(), start + minuteMs)).toEqual([]);
  });

  it('to where it is already changes nothing', () => {
    const same = aMove({ start: toIso(start), end: toIso(end) });
    expect(reschedule(given(happened.scheduled()), same, agreedAt)).toEqual([]);
  });

  it('of a callback that nobody scheduled is refused', () => {
    expect(reschedule(given(), aMove(), agreedAt)).toMatchObject({ refused: 'unknown-callback' });
  });

  it('forgets who was passed over, the attempts and the miss of the old window', () => {
    const callback = given(
      ...briefedAgent,
      happened.started(start),
      happened.ended(start + minuteMs),
      happened.released(start + minuteMs),
      happened.rescheduled(),
    );
    expect(callback).toMatchObject({ attemptsForWindow: 0, attempts: 1, missed: false, passedOver: {} });
    expect(callback).toMatchObject({ last: undefined, start: start + 60 * minuteMs });
  });
});

describe('cancelling', () => {
  it('frees the agent and ends the callback', () => {
    expect(types(cancel(given(...briefedAgent), cancellation, start - secondMs))).toEqual([
      'AgentReleased',
      'CallbackCancelled',
    ]);
  });

  it('ends a dial that rings', () => {
    expect(types(cancel(given(...ringing), cancellation, start + secondMs))).toEqual([
      'AttemptEnded',
      'AgentReleased',
      'CallbackCancelled',
    ]);
  });

  it('does not interrupt two people who talk', () => {
    expect(cancel(given(...talking), cancellation, start + minuteMs)).toEqual([]);
  });

  it('twice is once', () => {
    const cancelled = { type: 'CallbackCancelled', data: cancellation } as const;
    expect(cancel(given(...briefedAgent, cancelled), cancellation, start)).toEqual([]);
  });
});

describe('missing the window', () => {
  it('is possible only when it is over and no dial had begun', () => {
    const open = given(happened.scheduled());
    expect(miss(open, 'no-agent', end - 1)).toEqual([]);
    expect(miss(open, 'no-agent', end)).toEqual([happened.missed(end)]);
    expect(miss(given(...ringing), 'no-agent', end)).toEqual([]);
  });

  it('is said once for each window', () => {
    const missed = [happened.scheduled(), happened.missed(end)];
    expect(miss(given(...missed), 'no-agent', end + minuteMs)).toEqual([]);
    expect(miss(given(...missed, happened.rescheduled()), 'no-agent', end + 60 * minuteMs)).toHaveLength(1);
  });
});

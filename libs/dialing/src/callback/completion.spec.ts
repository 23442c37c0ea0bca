import { type DispositionReport } from '@handover/contracts';
import { minuteMs, secondMs } from '@handover/kernel';
import { briefedAgent, end, given, happened, start } from '../testing/index.js';
import { complete, dispose } from './completion.js';

const report = { agentId: 'ann', disposition: 'resolved', reAsked: false } as const;
const ringing = [...briefedAgent, happened.started(start)];
const talking = [...ringing, happened.connected(start + 10 * secondMs)];
const hungUp = [...talking, happened.ended(start + 3 * minuteMs, { outcome: 'answered' })];

describe("the agent's disposition", () => {
  it('ends the call and completes the callback, with the time from connect to disposition', () => {
    const events = dispose(given(...talking), 'c-1', report, start + 190 * secondMs);
    expect(events).toMatchObject([
      { type: 'AttemptEnded', data: { outcome: 'answered' } },
      {
        type: 'CallbackCompleted',
        data: { ...report, by: 'agent', attempts: 1, handleSeconds: 180, issueType: 'billing-dispute' },
      },
    ]);
  });

  it('may come after the hang-up', () => {
    expect(dispose(given(...hungUp), 'c-1', report, start + 4 * minuteMs)).toMatchObject([
      { type: 'CallbackCompleted', data: { handleSeconds: 230 } },
    ]);
  });

  it('tells for how long the agent was bound: from the start of the window, with ringing and unanswered attempts', () => {
    const again = given(
      ...ringing,
      happened.ended(start + 30 * secondMs),
      happened.started(start + 150 * secondMs, 2),
      happened.connected(start + 160 * secondMs, 2),
    );
    expect(dispose(again, 'c-1', report, start + 190 * secondMs)).toMatchObject([
      { type: 'AttemptEnded' },
      { data: { handleSeconds: 30, agentSeconds: 190 } },
    ]);
  });

  it('counts an agent who was found late from then on, briefing and all', () => {
    const late = given(
      happened.scheduled(),
      happened.assigned(start + 120 * secondMs),
      happened.presented(start + 120 * secondMs),
      happened.acknowledged(start + 140 * secondMs),
      happened.started(start + 140 * secondMs),
      happened.connected(start + 150 * secondMs),
    );
    expect(dispose(late, 'c-1', report, start + 200 * secondMs)).toMatchObject([
      { type: 'AttemptEnded' },
      { data: { handleSeconds: 50, agentSeconds: 80 } },
    ]);
  });

  it('counts every agent who had it: who did not read the briefing, and who waited for an attempt, too', () => {
    const passedOn = given(
      happened.scheduled(),
      happened.assigned(start - 10 * secondMs, { agentId: 'ben' }),
      happened.released(start + 20 * secondMs, { agentId: 'ben' }),
      happened.assigned(start + 60 * secondMs, { agentId: 'cid', assignment: 2 }),
      happened.acknowledged(start + 70 * secondMs, 'cid'),
      happened.started(start + 70 * secondMs, 1, 'cid'),
      happened.ended(start + 100 * secondMs),
      happened.released(start + 105 * secondMs, { agentId: 'cid', reason: 'between-attempts' }),
      happened.assigned(start + 160 * secondMs, { assignment: 3 }),
      happened.acknowledged(start + 170 * secondMs),
      happened.started(start + 220 * secondMs, 2),
      happened.connected(start + 230 * secondMs, 2),
    );
    // Ben 20 s of the window, Cid 45, Ann 140: nobody was kept from other promises in between.
    expect(dispose(passedOn, 'c-1', report, start + 300 * secondMs)).toMatchObject([
      { type: 'AttemptEnded' },
      { data: { handleSeconds: 70, agentSeconds: 205 } },
    ]);
  });

  it('counts no agent of the lead, and forgets none when the window is moved', () => {
    const lead = [
      happened.scheduled(),
      happened.assigned(start - minuteMs, { agentId: 'ben' }),
      happened.released(start - 30 * secondMs, { agentId: 'ben' }),
    ];
    const ending = { disposition: 'failed', by: 'timeout' } as const;
    expect(complete(given(...lead), ending, end)).toMatchObject([{ data: { agentSeconds: 0 } }]);
    const moved = given(
      ...lead,
      happened.assigned(start, { assignment: 2 }),
      happened.released(start + 25 * secondMs, { reason: 'rescheduled' }),
      happened.rescheduled(),
    );
    expect(complete(moved, ending, end + 60 * minuteMs)).toMatchObject([{ data: { agentSeconds: 25 } }]);
  });

  it('counts an agent from the start on whose window was moved while the telephone rang', () => {
    const moved = given(...ringing, happened.rescheduled(), happened.connected(start + 10 * secondMs));
    expect(dispose(moved, 'c-1', report, start + 190 * secondMs)).toMatchObject([
      { type: 'AttemptEnded' },
      { data: { agentSeconds: 190 } },
    ]);
  });

  it('needs a conversation', () => {
    expect(dispose(given(...ringing), 'c-1', report, end)).toMatchObject({ refused: 'not-connected' });
  });

  it('is for the agent who talked with the caller', () => {
    const other = { ...report, agentId: 'ben' };
    expect(dispose(given(...talking), 'c-1', other, end)).toMatchObject({ refused: 'not-your-callback' });
  });

  it('said twice is once; another one later is refused', () => {
    const first = dispose(given(...hungUp), 'c-1', report, end);
    const closed = given(...hungUp, ...('refused' in first ? [] : first));
    expect(dispose(closed, 'c-1', report, end)).toEqual([]);
    const [one, other] = [
      { opportunityId: 'o-1', outcome: 'accepted' } as const,
      { opportunityId: 'o-2', outcome: 'declined' } as const,
    ];
    const raised = dispose(given(...hungUp), 'c-1', { ...report, opportunities: [one, other] }, end);
    const inAnotherOrder = { ...report, opportunities: [other, one] };
    const told = given(...hungUp, ...('refused' in raised ? [] : raised));
    expect(dispose(told, 'c-1', inAnotherOrder, end)).toEqual([]);
    const changes: readonly Partial<DispositionReport>[] = [
      { disposition: 'follow-up' },
      { reAsked: true },
      { opportunities: [{ opportunityId: 'o-1', outcome: 'accepted' }] },
    ];
    for (const change of changes)
      expect(dispose(closed, 'c-1', { ...report, ...change }, end)).toMatchObject({
        refused: 'callback-closed',
      });
  });
});

describe("completion without an agent's word", () => {
  it('keeps the telephony outcome', () => {
    const unanswered = given(...ringing, happened.ended(start + 30 * secondMs));
    const [completed] = complete(unanswered, { disposition: 'no-answer', by: 'telephony' }, end);
    expect(completed).toMatchObject({ data: { disposition: 'no-answer', by: 'telephony', agentId: 'ann' } });
    expect(completed?.data).not.toHaveProperty('handleSeconds');
  });

  it('takes the talk for the handle time', () => {
    expect(complete(given(...hungUp), { disposition: 'follow-up', by: 'timeout' }, end)).toMatchObject([
      { data: { handleSeconds: 170, by: 'timeout' } },
    ]);
  });

  it('tells for how long agents were bound, and nothing if it never had one', () => {
    const unanswered = [...ringing, happened.ended(start + 30 * secondMs)];
    const ending = { disposition: 'no-answer', by: 'telephony' } as const;
    expect(complete(given(...unanswered), ending, end)).toMatchObject([{ data: { agentSeconds: 300 } }]);
    const released = [...unanswered, happened.released(start + minuteMs, { reason: 'between-attempts' })];
    expect(complete(given(...released), ending, end)).toMatchObject([{ data: { agentSeconds: 60 } }]);
    const never = complete(given(happened.scheduled()), { disposition: 'failed', by: 'timeout' }, end);
    expect(never[0]?.data).not.toHaveProperty('agentSeconds');
  });

  it('never happens while a dial is in progress, nor twice', () => {
    expect(complete(given(...ringing), { disposition: 'failed', by: 'timeout' }, end)).toEqual([]);
    const first = complete(given(...hungUp), { disposition: 'follow-up', by: 'timeout' }, end);
    expect(complete(given(...hungUp, ...first), { disposition: 'failed', by: 'timeout' }, end)).toEqual([]);
  });
});

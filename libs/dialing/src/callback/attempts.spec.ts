import { minuteMs, secondMs } from '@handover/kernel';
import { usualSettings } from '../settings.js';
import { agreedAt, briefedAgent, daytime, end, given, happened, start } from '../testing/index.js';
import { connect, endAttempt, startAttempt } from './attempts.js';

const { retry: rules } = usualSettings;
const dial = { attemptId: 'a-1', rules, hours: daytime };
const ringing = [...briefedAgent, happened.started(start)];
const busy = happened.ended(start + 10 * secondMs, { outcome: 'busy' });

describe('a dial', () => {
  it('begins when an agent has acknowledged the briefing and the window is open', () => {
    expect(startAttempt(given(...briefedAgent), dial, start)).toEqual([happened.started(start)]);
  });

  it('says whether it began inside the window', () => {
    const late = startAttempt(given(...briefedAgent), dial, end);
    expect(late).toMatchObject([{ type: 'AttemptStarted', data: { inWindow: false } }]);
  });

  it('does not begin before the window', () => {
    expect(startAttempt(given(...briefedAgent), dial, start - 1)).toMatchObject({ refused: 'not-due' });
  });

  it('does not begin without an acknowledged briefing', () => {
    const unread = given(happened.scheduled(), happened.assigned(start), happened.presented(start));
    expect(startAttempt(unread, dial, start)).toMatchObject({ refused: 'not-acknowledged' });
    expect(startAttempt(given(happened.scheduled()), dial, start)).toMatchObject({
      refused: 'not-acknowledged',
    });
  });

  it('does not begin outside the calling hours of the called person', () => {
    const tokyo = { ...daytime, zone: 'Asia/Tokyo' };
    const inTokyo = { ...dial, hours: tokyo };
    expect(startAttempt(given(...briefedAgent), inTokyo, start)).toMatchObject({ refused: 'not-due' });
  });

  it('does not begin while another is in progress, or after a person was reached', () => {
    expect(startAttempt(given(...ringing), dial, start)).toMatchObject({ refused: 'dial-in-progress' });
    const reached = given(
      ...ringing,
      happened.connected(start),
      happened.ended(start, { outcome: 'answered' }),
    );
    expect(startAttempt(reached, dial, end)).toMatchObject({ refused: 'dial-in-progress' });
  });

  it('begins again when its spacing is over, with the next number', () => {
    const again = given(...ringing, busy);
    expect(startAttempt(again, dial, start + minuteMs)).toMatchObject({ refused: 'not-due' });
    const second = startAttempt(again, { ...dial, attemptId: 'a-2' }, start + 70 * secondMs);
    expect(second).toEqual([happened.started(start + 70 * secondMs, 2)]);
  });
});

describe('news of a dial', () => {
  it('connects the briefed agent when a person answers', () => {
    expect(connect(given(...ringing), 'a-1', start + 1)).toEqual([happened.connected(start + 1)]);
  });

  it('ends the attempt with its outcome', () => {
    const news = { attemptId: 'a-1', outcome: 'no-answer', cause: 'sip:480' } as const;
    expect(endAttempt(given(...ringing), news, start + minuteMs)).toEqual([happened.ended(start + minuteMs)]);
  });

  it('of a call with a person is always that it was answered', () => {
    const talking = given(...ringing, happened.connected(start));
    const lost = endAttempt(talking, { attemptId: 'a-1', outcome: 'failed' }, end);
    expect(lost).toMatchObject([{ type: 'AttemptEnded', data: { outcome: 'answered' } }]);
  });

  it('comes too late when the attempt is over, or is of another attempt', () => {
    const over = given(...ringing, busy);
    expect(connect(over, 'a-1', end)).toEqual([]);
    expect(endAttempt(over, { attemptId: 'a-1', outcome: 'busy' }, end)).toEqual([]);
    expect(connect(given(...ringing), 'a-0', end)).toEqual([]);
    expect(connect(given(...ringing, happened.connected(start)), 'a-1', agreedAt)).toEqual([]);
  });
});

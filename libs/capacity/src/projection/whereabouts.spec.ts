import { type Instant } from '@handover/kernel';
import {
  alike,
  aShift,
  atWork,
  available,
  carrying,
  freeAt,
  hours,
  inMinutes,
  monday,
  reported,
} from '../testing/builders.js';
import { type AgentAtWork } from './whereabouts.js';

describe('live states change the near cells', () => {
  const others = alike(9);
  const withOne = (one: Partial<AgentAtWork>, moment: Instant, now = monday): number =>
    freeAt([...others, atWork({ agentId: 'one', ...one })], moment, now);

  it('away until a moment: out until then, in this and any later stretch', () => {
    const until = inMinutes(47);
    expect(withOne(reported('away', monday, until), inMinutes(45))).toBe(9);
    expect(withOne(reported('away', monday, until), inMinutes(50))).toBe(10);
    const shifts = { monday: aShift({ breaks: [{ from: '10:30', to: '10:35' }] }) };
    expect(withOne({ shifts, ...reported('away', monday, until) }, inMinutes(40))).toBe(9);
  });

  it('away without an end, or past it: out for a quarter of an hour from now', () => {
    for (const state of [reported('away', hours(-1)), reported('away', hours(-1), inMinutes(-5))]) {
      expect(withOne(state, inMinutes(10))).toBe(9);
      expect(withOne(state, inMinutes(15))).toBe(10);
    }
  });

  it('gone offline in a stretch of work: out for the rest of it, expected back for the next', () => {
    const shifts = { monday: aShift({ breaks: [{ from: '12:00', to: '13:00' }] }) };
    const gone = { shifts, ...reported('offline', hours(-1)) };
    expect(withOne(gone, inMinutes(115))).toBe(9);
    expect(withOne(gone, inMinutes(180))).toBe(10);
  });

  it('late: who has not come yet is expected in half an hour', () => {
    const late = reported('offline', hours(-12));
    expect(withOne(late, inMinutes(25))).toBe(9);
    expect(withOne(late, inMinutes(30))).toBe(10);
  });

  it('offline before the shift: expected to come as planned', () => {
    const shifts = { monday: aShift({ from: '10:30' }) };
    expect(withOne({ shifts, ...reported('offline', hours(-12)) }, inMinutes(30))).toBe(10);
  });

  it('early: who is there before the shift counts from its begin, and who has no shift does not count', () => {
    const shifts = { monday: aShift({ from: '10:30' }) };
    expect(withOne({ shifts }, inMinutes(25))).toBe(9);
    expect(withOne({ shifts }, inMinutes(30))).toBe(10);
    expect(withOne({ shifts: {} }, inMinutes(30))).toBe(9);
  });

  it.each(['busy', 'wrap-up'] as const)('%s until a moment: out until then', (state) => {
    const busy = reported(state, monday, inMinutes(22));
    expect(withOne(busy, inMinutes(20))).toBe(9);
    expect(withOne(busy, inMinutes(25))).toBe(10);
  });

  it('busy: out as long as calls of that age go on; wrap-up: a minute', () => {
    const ends = (live: Partial<AgentAtWork>): number =>
      Array.from({ length: 24 }, (_, cell) => withOne(live, inMinutes(5 * cell))).filter(
        (count) => count === 9,
      ).length;
    expect(ends(reported('wrap-up', monday))).toBe(1);
    expect(ends(reported('busy', monday))).toBe(2);
    expect(ends(reported('busy', inMinutes(-30)))).toBeGreaterThan(2);
  });
});

describe('callbacks in hand', () => {
  const others = alike(9);
  const withOne = (one: Partial<AgentAtWork>, moment: Instant, now: Instant): number =>
    freeAt([...others, atWork({ agentId: 'one', ...one })], moment, now);

  it('take nothing away for their planned time, which the slot book has: not even if reported busy', () => {
    const now = inMinutes(2);
    for (const live of [available, { state: 'busy' as const, since: monday }])
      for (const minutes of [0, 5])
        expect(withOne({ ...carrying(), live }, inMinutes(minutes), now)).toBe(10);
  });

  it('take the agent away from their planned end on, as probably as they will still last then', () => {
    const now = inMinutes(9);
    const overrunning = carrying({ assignedAt: monday });
    const lost = (minutes: number): number => 10 - withOne(overrunning, inMinutes(minutes), now);
    expect(lost(5)).toBe(0);
    // P(H > 10 min | H > 9 min) of calls of six minutes, CV 1, and so on.
    expect([10, 15, 30, 60].map(lost).map((share) => Number(share.toFixed(2)))).toEqual([
      0.83, 0.35, 0.05, 0,
    ]);
    expect(lost(120)).toBe(0);
  });

  it('count once where several overrun at the same time', () => {
    const [first] = carrying({ assignedAt: monday }).callbacks;
    const [second] = carrying({
      callbackId: 'c-2',
      start: inMinutes(-5),
      assignedAt: inMinutes(-5),
    }).callbacks;
    if (!first || !second) throw new Error('no callbacks');
    expect(withOne({ callbacks: [first, second] }, inMinutes(10), inMinutes(9))).toBeGreaterThan(9);
  });

  it('that are dialled after their window occupy the agent beside the book', () => {
    const late = carrying({ start: hours(-1), assignedAt: monday });
    expect(withOne(late, inMinutes(1), inMinutes(1))).toBe(9);
  });

  it('end with a busy report about them: an older report does not outlive them', () => {
    const live = { state: 'busy' as const, since: monday };
    const now = inMinutes(8);
    expect(withOne({ live, freedAt: inMinutes(7) }, inMinutes(10), now)).toBe(10);
    expect(withOne({ live, freedAt: inMinutes(-1) }, inMinutes(10), now)).toBe(9);
  });
});

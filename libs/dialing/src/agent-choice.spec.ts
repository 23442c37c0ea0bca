import { minuteMs, toIso } from '@handover/kernel';
import fc from 'fast-check';
import { type Choice, type Wish, isPressing, match } from './agent-choice.js';
import { type Agent } from './agents.js';
import { agreedAt, anAgent, givenKnown, happened, start } from './testing/index.js';

const callback = givenKnown(happened.scheduled());
const now = start - minuteMs;
const usual: Choice = { now, askAgainMs: 2 * minuteMs, lastCallback: () => undefined };
const choose = (agents: readonly Agent[], more: Partial<Choice> = {}, of = callback) =>
  match([{ callback: of, due: start }], agents, { ...usual, ...more })[0]?.agentId;

describe('the agent for a callback', () => {
  it('has the skills, is of the pool and available', () => {
    expect(choose([anAgent('ann', { skills: ['tv'] })])).toBeUndefined();
    expect(choose([anAgent('ann', { pool: 'sales' })])).toBeUndefined();
    expect(choose([anAgent('ann', { state: 'busy' })])).toBeUndefined();
    expect(choose([anAgent('ann', { skills: ['billing', 'tv'] })])).toBe('ann');
  });

  it('works without a break through the whole planned time', () => {
    const until = (end: number) => ({ shifts: { s: [{ from: agreedAt, until: end }] } });
    expect(choose([anAgent('ann', until(start + 6 * minuteMs))])).toBe('ann');
    expect(choose([anAgent('ann', until(start + 6 * minuteMs - 1))])).toBeUndefined();
    expect(choose([anAgent('ann', { shifts: {} })])).toBeUndefined();
    const first = [{ from: agreedAt, until: start + minuteMs }];
    const second = [{ from: start + minuteMs, until: start + 60 * minuteMs }];
    expect(choose([anAgent('ann', { shifts: { first, second } })])).toBe('ann');
  });

  it('takes what begins late in its window, though the planned time then ends after the work; once that window is over, not', () => {
    const leaving = anAgent('ann', { shifts: { s: [{ from: agreedAt, until: start + 6 * minuteMs }] } });
    expect(choose([leaving], { now: start + 4 * minuteMs })).toBe('ann');
    expect(choose([leaving], { now: callback.end })).toBeUndefined();
    const gone = anAgent('ann', { shifts: { s: [{ from: agreedAt, until: start + 4 * minuteMs - 1 }] } });
    expect(choose([gone], { now: start + 4 * minuteMs })).toBeUndefined();
  });

  it('is the one who has been idle longest; of equals always the same', () => {
    const idle = anAgent('zoe', { since: agreedAt - minuteMs });
    expect(choose([anAgent('ann'), idle])).toBe('zoe');
    expect(choose([anAgent('ben'), anAgent('ann')])).toBe('ann');
    expect(choose([anAgent('ann'), anAgent('ben')])).toBe('ann');
  });

  it('has not just come from another callback, whatever the contact centre reports', () => {
    const lastCallback = (agentId: string) => (agentId === 'ann' ? now : undefined);
    expect(choose([anAgent('ann'), anAgent('ben')], { lastCallback })).toBe('ben');
  });

  it('did not let this briefing pass: whoever did comes last, and not before a while', () => {
    const passed = givenKnown(
      happened.scheduled(),
      happened.assigned(now),
      happened.presented(now),
      happened.released(now),
    );
    expect(choose([anAgent('ann'), anAgent('ben', { since: now })], {}, passed)).toBe('ben');
    expect(choose([anAgent('ann')], {}, passed)).toBeUndefined();
    expect(choose([anAgent('ann')], { now: now + 2 * minuteMs }, passed)).toBe('ann');
    const both = { ...passed, passedOver: { ann: now, ben: now } };
    const idle = anAgent('ben', { since: agreedAt - minuteMs });
    expect(choose([anAgent('ann'), idle], { now: now + 2 * minuteMs }, both)).toBe('ben');
  });
});

describe('callbacks that want more agents than there are', () => {
  const aWish = (
    callbackId: string,
    from: number,
    more: { skills?: string[]; dialled?: boolean } = {},
  ): Wish => {
    const { skills = ['billing'], dialled = false } = more;
    const terms = { callbackId, skills, start: toIso(from), end: toIso(from + 5 * minuteMs) };
    const attempt = [happened.started(from), happened.ended(from)];
    return { callback: givenKnown(happened.scheduled(terms), ...(dialled ? attempt : [])), due: from };
  };
  const served = (wishes: readonly Wish[], agents: readonly Agent[], at: number) =>
    match(wishes, agents, { ...usual, now: at }).map(({ callbackId, agentId }) => `${callbackId} ${agentId}`);

  it('choose in the order in which their windows close; of equals always the same', () => {
    const wishes = [aWish('c', start + minuteMs), aWish('b', start), aWish('a', start)];
    const at = start + 2 * minuteMs;
    expect(served(wishes, [anAgent('ann')], at)).toEqual(['a ann']);
    expect(served(wishes, [anAgent('ben'), anAgent('ann')], at)).toEqual(['a ann', 'b ben']);
  });

  it('come first while their promise can be kept, then while they are due, and in the lead last', () => {
    const at = start + 6 * minuteMs;
    const wishes = [
      aWish('lead', at + minuteMs),
      aWish('missed', start),
      aWish('dialled', start + 2 * minuteMs, { dialled: true }),
      aWish('window', start + 4 * minuteMs),
    ];
    const agents = ['ann', 'ben', 'cid', 'dan'].map((agentId) => anAgent(agentId));
    expect(served(wishes, agents, at)).toEqual(['window ann', 'missed ben', 'dialled cid', 'lead dan']);
  });

  it('hold up nobody whom another agent can serve', () => {
    const wishes = [aWish('a', start, { skills: ['tv'] }), aWish('b', start + minuteMs)];
    expect(served(wishes, [anAgent('ann')], start + minuteMs)).toEqual(['b ann']);
  });

  it('never leave an agent idle, or with a less pressing one, whom a pressing one could have', () => {
    const skill = fc.constantFrom('billing', 'tv');
    const some = fc.array(
      fc.record({
        minute: fc.integer({ min: -10, max: 3 }),
        skills: fc.uniqueArray(skill, { maxLength: 2 }),
      }),
      { maxLength: 8 },
    );
    const given = fc.property(some, fc.array(fc.uniqueArray(skill), { maxLength: 5 }), (asked, team) => {
      const wishes = asked.map(({ minute, skills }, n) =>
        aWish(`c${n}`, start + minute * minuteMs, { skills }),
      );
      const agents = team.map((skills, n) => anAgent(`a${n}`, { skills }));
      const matches = match(wishes, agents, { ...usual, now: start });
      const agentOf = new Map(matches.map(({ callbackId, agentId }) => [callbackId, agentId]));
      const wishOf = new Map(matches.map(({ callbackId, agentId }) => [agentId, callbackId]));
      expect(wishOf.size).toBe(matches.length);
      const urgent = ({ callback, due }: Wish) =>
        isPressing({ callback, due }, start) ? callback.end : due + minuteMs * 60;
      for (const wish of wishes.filter(({ callback }) => !agentOf.has(callback.terms.callbackId)))
        for (const { agentId, skills } of agents) {
          if (!wish.callback.terms.skills.every((each) => skills.includes(each))) continue;
          const other = wishes.find(({ callback }) => callback.terms.callbackId === wishOf.get(agentId));
          expect(other).toBeDefined();
          if (other && isPressing(wish, start)) expect(urgent(other)).toBeLessThanOrEqual(urgent(wish));
        }
    });
    fc.assert(given);
  });
});

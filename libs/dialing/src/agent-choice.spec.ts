import { minuteMs } from '@handover/kernel';
import { type Choice, chooseAgent } from './agent-choice.js';
import { type Agent } from './agents.js';
import { agreedAt, anAgent, givenKnown, happened, start } from './testing/index.js';

const callback = givenKnown(happened.scheduled());
const now = start - minuteMs;
const choose = (agents: readonly Agent[], more: Partial<Choice> = {}, of = callback) =>
  chooseAgent(agents, of, {
    due: start,
    now,
    askAgainMs: 2 * minuteMs,
    isOccupied: () => false,
    lastCallback: () => undefined,
    ...more,
  })?.agentId;

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

  it('has no other callback of ours', () => {
    const isOccupied = (agentId: string) => agentId === 'ann';
    expect(choose([anAgent('ann'), anAgent('ben')], { isOccupied })).toBe('ben');
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
  });
});

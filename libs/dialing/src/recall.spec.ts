import { minuteMs, secondMs, toIso } from '@handover/kernel';
import { type Wish } from './agent-choice.js';
import { type Agent } from './agents.js';
import { type Held, recall } from './recall.js';
import { agreedAt, anAgent, givenKnown, happened, start } from './testing/index.js';

const now = start + 4 * minuteMs;
const nextWindow = start + 5 * minuteMs;

/** Due since the window began, never dialled, and nobody has it. */
const pressing = (callbackId = 'p', more: { from?: number; skills?: string[] } = {}): Wish => {
  const { from = start, skills = ['billing'] } = more;
  const window = { start: toIso(from), end: toIso(from + 5 * minuteMs) };
  return { callback: givenKnown(happened.scheduled({ callbackId, skills, ...window })), due: from };
};

interface Upcoming {
  readonly from?: number;
  readonly length?: number;
  readonly read?: boolean;
  readonly dialled?: boolean;
  readonly missed?: boolean;
}

/** Its agent reads for a dial that is not due yet. */
function upcoming(
  agent: Agent,
  { from = nextWindow, length = 5, read, dialled, missed }: Upcoming = {},
): Held {
  const { agentId } = agent;
  const terms = { callbackId: `u-${agentId}`, start: toIso(from), end: toIso(from + length * minuteMs) };
  const callback = givenKnown(
    happened.scheduled(terms),
    ...(missed ? [happened.missed(from)] : []),
    happened.assigned(now - 10 * secondMs, { agentId }),
    ...(read ? [happened.acknowledged(now, agentId)] : []),
    ...(dialled ? [happened.started(from), happened.ended(from)] : []),
  );
  return { callback, agent, due: missed || dialled ? now + 30 * secondMs : from };
}

const [ann, ben, cid] = [anAgent('ann'), anAgent('ben'), anAgent('cid')];
const busy = anAgent('bea', { state: 'busy' });

const recalled = (
  wishes: readonly Wish[],
  held: readonly Held[],
  { team = [busy], at = now }: { team?: readonly Agent[]; at?: number } = {},
): readonly string[] =>
  recall(wishes, held, {
    now: at,
    askAgainMs: 2 * minuteMs,
    acknowledgeMs: 30 * secondMs,
    lastCallback: () => undefined,
    team: [...held.map(({ agent }) => agent), ...team],
  }).map(({ agent }) => agent.agentId);

describe('an agent who has an upcoming callback', () => {
  it('goes to a promise that is about to be broken, though the briefing was read', () => {
    expect(recalled([pressing()], [upcoming(ann)])).toEqual(['ann']);
    expect(recalled([pressing()], [upcoming(ann, { read: true })])).toEqual(['ann']);
  });

  it('stays once the dial is due', () => {
    expect(recalled([pressing()], [{ ...upcoming(ann), due: now }])).toEqual([]);
  });

  it('stays for whoever is not due yet, was missed already, or was dialled in time', () => {
    const missed = { ...pressing(), due: start };
    const late = givenKnown(happened.scheduled(), happened.missed(start + 5 * minuteMs));
    const dialled = givenKnown(happened.scheduled(), happened.started(start), happened.ended(start));
    const at = nextWindow + minuteMs;
    const held = [upcoming(ann, { from: at + minuteMs })];
    expect(recalled([pressing('p', { from: nextWindow })], held, { at })).toEqual(['ann']);
    for (const callback of [late, dialled])
      expect(recalled([{ ...missed, callback }], held, { at })).toEqual([]);
    const notYet = pressing('p', { from: at + 30 * secondMs });
    expect(recalled([notYet], held, { at })).toEqual([]);
  });

  it('stays if the window of the other closes no earlier', () => {
    const wide = {
      callback: givenKnown(happened.scheduled({ end: toIso(start + 10 * minuteMs) })),
      due: start,
    };
    expect(recalled([wide], [upcoming(ann)])).toEqual([]);
    expect(recalled([wide], [upcoming(ann, { length: 6 })])).toEqual(['ann']);
  });

  it('stays if nobody else could take the upcoming one, and the call would last too long', () => {
    const alone = { team: [] };
    expect(recalled([pressing()], [upcoming(ann)], alone)).toEqual([]);
    // Half a minute to read, six to talk: back with half a second left.
    const length = (30 + 360 + 0.5) / 60 - 1;
    expect(recalled([pressing()], [upcoming(ann, { length })], alone)).toEqual(['ann']);
    expect(recalled([pressing()], [upcoming(ann, { length: length - 0.5 / 60 })], alone)).toEqual([]);
  });

  it.each<[string, Partial<Agent>]>([
    ['has not the skills', { skills: ['tv'] }],
    ['is away', { state: 'away' }],
    ['is offline', { state: 'offline' }],
    ['does not work then', { shifts: { s: [{ from: agreedAt, until: nextWindow + 6 * minuteMs - 1 }] } }],
  ])('is not replaced by somebody who %s', (_why, given) => {
    expect(recalled([pressing()], [upcoming(ann)], { team: [anAgent('bea', given)] })).toEqual([]);
  });

  it('stays if there is no time to read the other briefing', () => {
    const at = start + 4.5 * minuteMs;
    expect(recalled([pressing()], [upcoming(ann)], { at })).toEqual(['ann']);
    expect(recalled([pressing()], [upcoming(ann)], { at: at + 1 })).toEqual([]);
  });

  it('goes only to whom the skills and the hours suffice for, and who is still available', () => {
    expect(recalled([pressing('p', { skills: ['tv'] })], [upcoming(ann)])).toEqual([]);
    expect(recalled([pressing()], [upcoming({ ...ann, state: 'busy' })])).toEqual([]);
    const shifts = { s: [{ from: agreedAt, until: now - 1 }] };
    expect(recalled([pressing()], [upcoming({ ...ann, shifts })])).toEqual([]);
  });

  it('goes first who is missed least: after a dial, then with a briefing unread, then whose window is the last to close', () => {
    const held = [
      upcoming(ann, { read: true }),
      upcoming(ben),
      upcoming(cid, { dialled: true }),
      upcoming(anAgent('dan'), { from: nextWindow + 10 * secondMs }),
    ];
    const wishes = ['p1', 'p2', 'p3', 'p4', 'p5'].map((id) => pressing(id));
    for (const [count, agents] of [
      ['cid'],
      ['cid', 'dan'],
      ['cid', 'dan', 'ben'],
      ['cid', 'dan', 'ben', 'ann'],
    ].entries())
      expect(recalled(wishes.slice(0, count + 1), held)).toEqual(agents);
    expect(recalled(wishes, [...held].reverse())).toEqual(['cid', 'dan', 'ben', 'ann']);
  });

  it('goes in any case from a callback that was missed already', () => {
    const missed = upcoming(ann, { from: start - 5 * minuteMs, missed: true });
    expect(recalled([pressing()], [missed], { team: [] })).toEqual(['ann']);
  });

  it('is one for each promise that waits, not more', () => {
    expect(recalled([pressing()], [upcoming(ann), upcoming(ben)])).toHaveLength(1);
    expect(recalled([], [upcoming(ann)])).toEqual([]);
  });
});

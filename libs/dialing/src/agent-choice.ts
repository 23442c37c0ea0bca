import { joined } from '@handover/contracts';
import { type Instant, secondMs } from '@handover/kernel';
import { type Agent } from './agents.js';
import { type KnownCallback } from './callback/callback.js';

/** A callback that has no agent and wants one. */
export interface Wish {
  readonly callback: KnownCallback;
  /** The moment at which the dial is due. */
  readonly due: Instant;
}

export interface Choice {
  readonly now: Instant;
  readonly askAgainMs: number;
  /** When the agent last finished a callback of ours, if known: contact centres do not always report it as a state. */
  lastCallback(agentId: string): Instant | undefined;
}

export interface Match {
  readonly callbackId: string;
  readonly agentId: string;
}

/** A promise that can still be kept, and is about to be broken: its window runs, and nobody was dialled in it. */
export const isPressing = ({ callback: { end, attemptsForWindow }, due }: Wish, now: Instant): boolean =>
  due <= now && now < end && attemptsForWindow === 0;

/** Promises that can still be kept, then whoever else is to be dialled now, then those whose dial is not due yet. */
const urgency = (wish: Wish, now: Instant): number => (isPressing(wish, now) ? 0 : wish.due <= now ? 1 : 2);

const hasSkills = (agent: Agent, skills: readonly string[]): boolean =>
  skills.every((skill) => agent.skills.includes(skill));

/** One unbroken stretch of work holds the whole call as it is planned; shifts that adjoin are one. */
const worksDuring = ({ shifts }: Agent, from: Instant, until: Instant): boolean =>
  joined(Object.values(shifts).flat()).some((stretch) => stretch.from <= from && until <= stretch.until);

/** Is the agent of the pool, with the skills, and at work for the whole planned time from a moment on? */
export const couldTake = (
  agent: Agent,
  { callback: { terms } }: Wish,
  from: Instant,
  until = from + terms.handleSeconds * secondMs,
): boolean => agent.pool === terms.pool && hasSkills(agent, terms.skills) && worksDuring(agent, from, until);

/** An agent who let this briefing pass is not asked again for a while, and then only after all others. */
function passedAt({ passedOver }: KnownCallback, agentId: string, choice: Choice): Instant | undefined {
  const at = passedOver[agentId] ?? 0;
  return at === 0 || choice.now >= at + choice.askAgainMs ? at : undefined;
}

/**
 * The agent for one callback; of equals the one who is named first. A promise was planned from its start, with agents who
 * are at work for that time: though it begins late in its window they take it, and stay a little longer rather than break it.
 */
export function chooseAgent(agents: Iterable<Agent>, wish: Wish, choice: Choice): Agent | undefined {
  const { callback, due } = wish;
  const from = Math.max(due, choice.now);
  const planned = (isPressing(wish, choice.now) ? due : from) + callback.terms.handleSeconds * secondMs;
  const until = Math.max(from, planned);
  let best: { agent: Agent; passed: Instant } | undefined;
  for (const agent of agents) {
    const passed = passedAt(callback, agent.agentId, choice);
    if (passed === undefined || (best && best.passed <= passed) || !couldTake(agent, wish, from, until))
      continue;
    if (passed === 0) return agent;
    best = { agent, passed };
  }
  return best?.agent;
}

const comesBefore = (one: string, other: string): number => (one < other ? -1 : 1);

/** The most urgent first, of equally urgent ones that whose window closes first. */
export const inOrder = (wishes: readonly Wish[], now: Instant): readonly Wish[] =>
  [...wishes].sort(
    (one, other) =>
      urgency(one, now) - urgency(other, now) ||
      one.callback.end - other.callback.end ||
      comesBefore(one.callback.terms.callbackId, other.callback.terms.callbackId),
  );

/**
 * Who gets whom, of callbacks that want an agent and agents who have no callback. The most urgent callback chooses first,
 * of equally urgent ones that whose window closes first; it takes the agent who has been idle longest of those who are
 * available, skilled, and at work for the whole planned time. The same input gives the same matches in any order, so
 * several instances that look at the same moment agree.
 */
export function match(wishes: readonly Wish[], agents: readonly Agent[], choice: Choice): readonly Match[] {
  const { now } = choice;
  const idleSince = ({ agentId, since }: Agent): Instant =>
    Math.max(since, choice.lastCallback(agentId) ?? since);
  const free = new Set(
    agents
      .filter(({ state }) => state === 'available')
      .sort((one, other) => idleSince(one) - idleSince(other) || comesBefore(one.agentId, other.agentId)),
  );
  const matches: Match[] = [];
  for (const wish of inOrder(wishes, now)) {
    if (free.size === 0) break;
    const agent = chooseAgent(free, wish, choice);
    if (!agent) continue;
    free.delete(agent);
    matches.push({ callbackId: wish.callback.terms.callbackId, agentId: agent.agentId });
  }
  return matches;
}

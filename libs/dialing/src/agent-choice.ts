import { joined } from '@handover/contracts';
import { type Instant, secondMs } from '@handover/kernel';
import { type Agent } from './agents.js';
import { type KnownCallback } from './callback/callback.js';

export interface Choice {
  /** The moment at which the dial is due. */
  readonly due: Instant;
  readonly now: Instant;
  readonly askAgainMs: number;
  /** Agents who have another callback of ours. */
  isOccupied(agentId: string): boolean;
  /** When the agent last finished a callback of ours, if known: contact centres do not always report it as a state. */
  lastCallback(agentId: string): Instant | undefined;
}

const hasSkills = (agent: Agent, skills: readonly string[]): boolean =>
  skills.every((skill) => agent.skills.includes(skill));

/** One unbroken stretch of work holds the whole call as it is planned; shifts that adjoin are one. */
const worksDuring = ({ shifts }: Agent, from: Instant, until: Instant): boolean =>
  joined(Object.values(shifts).flat()).some((stretch) => stretch.from <= from && until <= stretch.until);

const mayBeAsked = ({ passedOver }: KnownCallback, agentId: string, { now, askAgainMs }: Choice): boolean => {
  const at = passedOver[agentId];
  return at === undefined || now >= at + askAgainMs;
};

/**
 * The agent for a callback: available, skilled, without another callback, at work for the whole planned time.
 * Those who let this briefing pass come last; of the others the longest idle comes first. The same input gives the same
 * agent, so several instances that look at the same moment agree.
 */
export function chooseAgent(
  agents: Iterable<Agent>,
  callback: KnownCallback,
  choice: Choice,
): Agent | undefined {
  const { skills, handleSeconds } = callback.terms;
  const until = choice.due + handleSeconds * secondMs;
  const idleSince = ({ agentId, since }: Agent): Instant =>
    Math.max(since, choice.lastCallback(agentId) ?? since);
  const rank = (agent: Agent): readonly [number, number] => [
    callback.passedOver[agent.agentId] ?? 0,
    idleSince(agent),
  ];
  const comesBefore = (one: Agent, other: Agent): boolean => {
    const [[passedOne, idleOne], [passedOther, idleOther]] = [rank(one), rank(other)];
    if (passedOne !== passedOther) return passedOne < passedOther;
    return idleOne === idleOther ? one.agentId < other.agentId : idleOne < idleOther;
  };

  let best: Agent | undefined;
  for (const agent of agents) {
    const eligible =
      agent.state === 'available' &&
      agent.pool === callback.terms.pool &&
      hasSkills(agent, skills) &&
      worksDuring(agent, choice.due, until) &&
      mayBeAsked(callback, agent.agentId, choice) &&
      !choice.isOccupied(agent.agentId);
    if (eligible && (!best || comesBefore(agent, best))) best = agent;
  }
  return best;
}

import { secondMs } from '@handover/kernel';
import { type Choice, type Wish, chooseAgent, couldTake, inOrder, isPressing } from './agent-choice.js';
import { type Agent } from './agents.js';

/** A callback that has an agent, and whose dial is not due yet. */
export interface Held extends Wish {
  readonly agent: Agent;
}

export interface Recall extends Choice {
  /** An agent has as long as this to read another briefing. */
  readonly acknowledgeMs: number;
  /** Everybody of the pool. */
  readonly team: readonly Agent[];
}

/** Whose agent is missed least: of one who was dialled in time, or too late already; then of one whose briefing is not read yet. */
const attachment = ({ callback }: Held): number => {
  if (!isPromise(callback)) return 0;
  return callback.assigned?.acknowledgedAt === undefined ? 1 : 2;
};

/** It can still be kept, and was not yet. */
const isPromise = ({ attemptsForWindow, missed }: Wish['callback']): boolean =>
  attemptsForWindow === 0 && !missed;

/** Somebody else is at work who could take the callback when they have ended what they do. */
const hasAnother = (held: Held, { team }: Recall): boolean =>
  team.some(
    (agent) =>
      agent.agentId !== held.agent.agentId &&
      agent.state !== 'away' &&
      agent.state !== 'offline' &&
      couldTake(agent, held, held.due),
  );

/**
 * May the callback let its agent go for a pressing one? An upcoming promise does if it can be kept all the same: its
 * window closes later, and somebody else could take it, or its agent is back in it as planned. And not in vain: there has
 * to be time to read the other briefing.
 */
function mayWait(held: Held, pressing: Wish, recall: Recall): boolean {
  if (!isPromise(held.callback)) return true;
  const read = recall.now + recall.acknowledgeMs;
  const back = read + pressing.callback.terms.handleSeconds * secondMs;
  const { end } = held.callback;
  return (
    pressing.callback.end < end && read <= pressing.callback.end && (back < end || hasAnother(held, recall))
  );
}

/**
 * Who lets an agent go for promises that can still be kept and have nobody. The one whose window closes first chooses first;
 * no more agents are recalled than promises wait, and an agent who has begun to dial never is.
 */
export function recall(wishes: readonly Wish[], held: readonly Held[], terms: Recall): readonly Held[] {
  const { now } = terms;
  const left = held
    .filter(({ agent, due }) => agent.state === 'available' && due > now)
    .sort((one, other) => attachment(one) - attachment(other) || other.callback.end - one.callback.end);
  const recalled: Held[] = [];
  for (const wish of inOrder(wishes, now)) {
    if (!isPressing(wish, now)) break;
    const candidates = left.filter((each) => mayWait(each, wish, terms));
    const agent = chooseAgent(
      candidates.map((each) => each.agent),
      wish,
      terms,
    );
    const chosen = candidates.find((each) => each.agent === agent);
    if (!chosen) continue;
    left.splice(left.indexOf(chosen), 1);
    recalled.push(chosen);
  }
  return recalled;
}

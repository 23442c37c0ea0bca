import { joined, stretchesOf, type ShiftPlan, type Stretch } from '@handover/contracts';
import { addDays, localDate, type Instant } from '@handover/kernel';
import { type Agent } from '../agent.js';

const plansRemembered = 20_000;
const remembered = new Map<string, readonly Stretch[]>();

/** Many agents share a plan, and wall clocks are slow to ask: the meaning of a plan is looked up once. */
function meaningOf(plan: ShiftPlan): readonly Stretch[] {
  const key = JSON.stringify(plan);
  const known = remembered.get(key) ?? stretchesOf(plan);
  if (remembered.size >= plansRemembered) remembered.clear();
  remembered.set(key, known);
  return known;
}

/** The unbroken work of agents between two moments, over all their shifts; overlapping shifts of one agent count once. */
export function workBetween(now: Instant, horizon: Instant): (agent: Pick<Agent, 'shifts'>) => Stretch[] {
  // A shift begins on its date somewhere on earth, and ends the day after at the latest.
  const [earliest, latest] = [addDays(localDate(now, 'UTC'), -2), addDays(localDate(horizon, 'UTC'), 1)];
  return ({ shifts }) => {
    const near = Object.values(shifts).filter(({ date }) => date >= earliest && date <= latest);
    return joined(near.flatMap(meaningOf)).filter(({ from, until }) => until > now && from < horizon);
  };
}

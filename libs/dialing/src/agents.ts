import {
  type VersionedEvent,
  type AgentState,
  type Stretch,
  domainEvent,
  stretchesOf,
} from '@handover/contracts';
import { type Instant, fromIso } from '@handover/kernel';

/** What dialing knows of an agent: the fold of `agent-<id>`. */
export interface Agent {
  readonly agentId: string;
  readonly pool: string;
  readonly skills: readonly string[];
  readonly state: AgentState;
  /** When the state began. */
  readonly since: Instant;
  /** Shifts without their breaks, by shift. */
  readonly shifts: Readonly<Record<string, readonly Stretch[]>>;
}

const without = (shifts: Agent['shifts'], shiftId: string): Agent['shifts'] =>
  Object.fromEntries(Object.entries(shifts).filter(([id]) => id !== shiftId));

/** Years of planning would add up: what was over when the next shift was planned is forgotten. */
const notOver = (shifts: Agent['shifts'], at: Instant): Agent['shifts'] =>
  Object.fromEntries(
    Object.entries(shifts).filter(([, stretches]) => stretches.some(({ until }) => until > at)),
  );

const unregistered = (agentId: string, pool: string): Agent => ({
  agentId,
  pool,
  skills: [],
  state: 'offline',
  since: 0,
  shifts: {},
});

/** The agent after one more event of the agent's stream; undefined until the first. Of an agent whose state nobody reported: offline. */
export function evolveAgent(agent: Agent | undefined, stored: VersionedEvent): Agent | undefined {
  const event = domainEvent(stored);
  switch (event?.type) {
    case 'AgentRegistered': {
      const { agentId, pool, skills } = event.data;
      return { ...(agent ?? unregistered(agentId, pool)), pool, skills };
    }
    case 'AgentStateChanged': {
      const { agentId, pool, state, since } = event.data;
      return { ...(agent ?? unregistered(agentId, pool)), state, since: fromIso(since) };
    }
    case 'ShiftPlanned':
    case 'ShiftChanged': {
      const { agentId, pool, shiftId, occurredAt } = event.data;
      const known = agent ?? unregistered(agentId, pool);
      const ahead = notOver(known.shifts, fromIso(occurredAt));
      return { ...known, shifts: { ...ahead, [shiftId]: stretchesOf(event.data) } };
    }
    case 'ShiftRemoved':
      return agent && { ...agent, shifts: without(agent.shifts, event.data.shiftId) };
    default:
      return agent;
  }
}

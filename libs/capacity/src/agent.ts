// What is known of one agent: profile, planned shifts, live state.
import {
  domainEvent,
  implausible,
  streams,
  type AgentProfile,
  type AgentState,
  type AgentStateReport,
  type CapacityEvent,
  type Implausible,
  type ShiftPlan,
  type ShiftPlanned,
  type VersionedEvent,
} from '@handover/contracts';
import { addDays, fromIso, toIso, type Decision, type Instant, type Refusal } from '@handover/kernel';
import { unfitBreak } from './breaks.js';
import { implausibleShift, implausibleState } from './plausibility.js';
import { sameJson } from './same-json.js';

export const agentStream = streams.agent;

export type AgentEvent = Extract<
  CapacityEvent,
  { type: 'AgentRegistered' | 'ShiftPlanned' | 'ShiftChanged' | 'ShiftRemoved' | 'AgentStateChanged' }
>;

/** The state that an agent was last reported in. */
export interface LiveState {
  readonly state: AgentState;
  readonly since: Instant;
  /** When the agent expects to be available again, if that was said. */
  readonly until?: Instant;
}

/** Offline since ever: any report is newer. */
export const unreported: LiveState = { state: 'offline', since: 0 };

export interface Agent {
  readonly agentId: string;
  readonly pool: string;
  /** In alphabetical order. */
  readonly skills: readonly string[];
  readonly displayName?: string;
  readonly shifts: Readonly<Record<string, ShiftPlan>>;
  /** Of an agent whose state nobody reported: `unreported`. */
  readonly live: LiveState;
}

/** Undefined until the agent is registered. */
export type MaybeAgent = Agent | undefined;
export const noAgent: MaybeAgent = undefined;

/** The agent after one more event of `agent-<id>`. */
export function evolveAgent(agent: MaybeAgent, stored: VersionedEvent): MaybeAgent {
  const event = domainEvent(stored);
  switch (event?.type) {
    case 'AgentRegistered': {
      const { agentId, pool, skills, displayName } = event.data;
      const live = agent?.live ?? unreported;
      return { agentId, pool, skills, displayName, shifts: agent?.shifts ?? {}, live };
    }
    case 'ShiftPlanned':
    case 'ShiftChanged':
      return agent && { ...agent, shifts: withShift(agent.shifts, event.data) };
    case 'ShiftRemoved':
      return agent && { ...agent, shifts: withoutShift(agent.shifts, event.data.shiftId) };
    case 'AgentStateChanged': {
      const { state, since, until } = event.data;
      return (
        agent && { ...agent, live: { state, since: fromIso(since), ...(until && { until: fromIso(until) }) } }
      );
    }
    default:
      return agent;
  }
}

export type AgentRefused =
  Implausible | Refusal<'unknown-agent' | 'unknown-shift' | 'break-outside-shift' | 'too-many-shifts'>;

/** Days that one agent may be planned ahead, each with a shift or two. */
const shiftsAtMost = 1_000;

/** Takes the agent into a pool, or changes pool, skills or name. */
export function registerAgent(
  agent: MaybeAgent,
  agentId: string,
  profile: AgentProfile,
  now: Instant,
): AgentEvent[] {
  const { pool, displayName } = profile;
  const skills = [...new Set(profile.skills)].sort();
  const known = agent && { pool: agent.pool, skills: agent.skills, displayName: agent.displayName };
  if (known && sameJson(known, { pool, skills, displayName })) return [];
  const data = {
    agentId,
    pool,
    skills,
    displayName,
    ...liveFields(agent?.live ?? unreported),
    occurredAt: toIso(now),
  };
  return [{ type: 'AgentRegistered', data }];
}

/** Plans a shift, or replaces the one with the same id. */
export function planShift(
  agent: MaybeAgent,
  agentId: string,
  shiftId: string,
  plan: ShiftPlan,
  now: Instant,
): Decision<AgentEvent, AgentRefused> {
  if (!agent) return unknownAgent(agentId);
  const violations = implausibleShift(plan, now);
  if (violations.length > 0) return implausible(violations);
  const unfit = unfitBreak(plan);
  if (unfit) return { refused: 'break-outside-shift', why: unfit };
  const known = agent.shifts[shiftId];
  if (known && sameJson(planOf(known), planOf(plan))) return [];
  if (!known && Object.keys(agent.shifts).length >= shiftsAtMost)
    return {
      refused: 'too-many-shifts',
      why: `Agent "${agentId}" has ${shiftsAtMost} shifts already: remove some.`,
    };
  const data = { ...planOf(plan), agentId, shiftId, pool: agent.pool, occurredAt: toIso(now) };
  return [{ type: known ? 'ShiftChanged' : 'ShiftPlanned', data }];
}

export function removeShift(
  agent: MaybeAgent,
  agentId: string,
  shiftId: string,
  now: Instant,
): Decision<AgentEvent, AgentRefused> {
  if (!agent) return unknownAgent(agentId);
  if (!agent.shifts[shiftId])
    return { refused: 'unknown-shift', why: `Agent "${agentId}" has no shift "${shiftId}".` };
  return [{ type: 'ShiftRemoved', data: { agentId, shiftId, pool: agent.pool, occurredAt: toIso(now) } }];
}

/**
 * Takes a live state. Reports may come late, twice and from several systems: one that is older than the last known is
 * ignored, and one that says nothing new is no event. A state cannot begin in the future: clocks differ, it began now.
 */
export function reportState(
  agent: MaybeAgent,
  agentId: string,
  report: AgentStateReport,
  now: Instant,
): Decision<AgentEvent, AgentRefused> {
  if (!agent) return unknownAgent(agentId);
  const violations = implausibleState(report, now);
  if (violations.length > 0) return implausible(violations);
  const { live, pool, skills, displayName } = agent;
  const until = report.until === undefined ? undefined : fromIso(report.until);
  const unchanged = live.since > unreported.since && live.state === report.state && live.until === until;
  const since = Math.min(now, report.since === undefined ? now : fromIso(report.since));
  if (since < live.since || (unchanged && (report.since === undefined || since === live.since))) return [];
  const next: LiveState = { state: report.state, since, ...(until !== undefined && { until }) };
  const data = {
    agentId,
    pool,
    ...liveFields(next),
    since: toIso(since),
    skills: [...skills],
    displayName,
    occurredAt: toIso(now),
  };
  return [{ type: 'AgentStateChanged', data }];
}

export const unknownAgent = (agentId: string): AgentRefused => ({
  refused: 'unknown-agent',
  why: `No agent "${agentId}" is registered. Register it first: PUT /v1/agents/${agentId}.`,
});

interface LiveFields {
  readonly state: AgentState;
  readonly since?: string;
  readonly until?: string;
}

/** The state as events say it; one that nobody reported has no begin. */
export const liveFields = ({ state, since, until }: LiveState): LiveFields => ({
  state,
  ...(since > unreported.since && { since: toIso(since) }),
  ...(until !== undefined && { until: toIso(until) }),
});

const planOf = ({ date, from, to, timeZone, breaks = [] }: ShiftPlan): Required<ShiftPlan> => ({
  date,
  from,
  to,
  timeZone,
  breaks: breaks.map((pause) => ({ from: pause.from, to: pause.to })),
});

type Shifts = Agent['shifts'];

const withoutShift = (shifts: Shifts, shiftId: string): Shifts =>
  Object.fromEntries(Object.entries(shifts).filter(([id]) => id !== shiftId));

/** Years of planning would add up: shifts of days gone by are forgotten when the next is planned. */
function withShift(shifts: Shifts, planned: ShiftPlanned): Shifts {
  const longPast = addDays(planned.occurredAt.slice(0, 10), -3);
  const kept = Object.entries(shifts).filter(([, { date }]) => date > longPast);
  return { ...Object.fromEntries(kept), [planned.shiftId]: planOf(planned) };
}

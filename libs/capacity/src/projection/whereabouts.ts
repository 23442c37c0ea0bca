import { type Stretch } from '@handover/contracts';
import { minuteMs, secondMs, type Instant } from '@handover/kernel';
import { type Agent, type LiveState } from '../agent.js';
import { meanResidualSeconds, survival, type Spread } from '../handle-time/log-normal.js';

/** A callback of ours that an agent has. */
export interface CarriedCallback {
  readonly callbackId: string;
  readonly start: Instant;
  /** Seconds that the slot book keeps for it from its start. */
  readonly handleSeconds: number;
  readonly assignedAt: Instant;
}

/** A callback of ours that is due, was never dialled, and waits for an agent. */
export interface WaitingCallback {
  readonly skills: readonly string[];
}

/** An agent as dialing sees it too: with the callbacks in hand. */
export interface AgentAtWork extends Agent {
  readonly callbacks: readonly CarriedCallback[];
  /** When the agent was last rid of a callback. */
  readonly freedAt?: Instant;
}

/** An agent who is away and did not say until when is not counted for so long from now; this is judged anew at every step. */
export const awayMs = 15 * minuteMs;

/** The same for an agent whose shift has begun and who has not come. */
export const lateMs = 30 * minuteMs;

/** Wrap-up without a word on its end. */
export const wrapUpMs = minuteMs;

/**
 * From when on an agent is counted in a stretch of work: its begin, or when an absence ends. The plan stands for what is
 * not yet: who is offline before a shift is expected to come.
 */
export function presentFrom({ state, since, until }: LiveState, stretch: Stretch, now: Instant): Instant {
  if (state !== 'away' && state !== 'offline') return stretch.from;
  if (until !== undefined && until > now) return Math.max(stretch.from, until);
  if (now < stretch.from || now >= stretch.until) return stretch.from;
  if (state === 'away') return now + awayMs;
  return since >= stretch.from ? stretch.until : now + lateMs;
}

/**
 * Time in which an agent at work is occupied by something else than our callbacks: inbound calls, mostly. `busy` and
 * `wrap-up` reported while a callback is in hand are that callback, and end with it.
 */
export function elsewhere(
  { live, callbacks, freedAt = -Infinity }: AgentAtWork,
  now: Instant,
  handle: Spread,
): Stretch | undefined {
  if (callbacks.length > 0) return undefined;
  if ((live.state !== 'busy' && live.state !== 'wrap-up') || live.since <= freedAt) return undefined;
  const until = live.until !== undefined && live.until > now ? live.until : busyUntil(live, now, handle);
  return { from: now, until };
}

/** A callback of ours that may take longer than the slot book keeps room for. */
export interface Overrun {
  /** End of the planned time: until then the slot book has it. */
  readonly from: Instant;
  /** Probability that it still occupies the agent at a moment not before `from`. */
  readonly lasts: (moment: Instant) => number;
}

interface Moment {
  readonly now: Instant;
  readonly handle: Spread;
  readonly cellMs: number;
}

/** What is known of the callback that an agent has in hand; of several, of the one that has room for the least time. */
export function overrun({ callbacks }: AgentAtWork, moment: Moment): Overrun | undefined {
  const [first] = callbacks
    .map((callback) => ({ callback, planned: plannedEnd(callback, moment) }))
    .sort((one, other) => one.planned - other.planned);
  if (!first) return undefined;
  const { start, assignedAt } = first.callback;
  return lasting(Math.max(start, assignedAt), first.planned, moment);
}

const plannedEnd = ({ start, handleSeconds }: CarriedCallback, { cellMs }: Moment): Instant =>
  start + Math.ceil((handleSeconds * secondMs) / cellMs) * cellMs;

function lasting(began: Instant, planned: Instant, { now, handle }: Moment): Overrun {
  const survives = (moment: Instant): number => survival(handle, (moment - began) / secondMs);
  const soFar = survives(now);
  return { from: Math.max(planned, now), lasts: (moment) => survives(moment) / soFar };
}

const busyUntil = ({ state, since }: LiveState, now: Instant, handle: Spread): Instant =>
  state === 'wrap-up' ? now + wrapUpMs : expectedEnd(since, now, handle);

/** When something that began, or will begin, is expected to be over. */
function expectedEnd(began: Instant, now: Instant, handle: Spread): Instant {
  const age = Math.max(0, now - began) / secondMs;
  return Math.max(began, now) + Math.round(meanResidualSeconds(handle, age) * secondMs);
}

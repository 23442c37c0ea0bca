import { type Stretch } from '@handover/contracts';
import { minuteMs, secondMs, type Instant } from '@handover/kernel';
import { type Agent, type LiveState } from '../agent.js';
import { meanResidualSeconds, type Spread } from '../handle-time/log-normal.js';

/** A callback of ours that an agent has. */
export interface CarriedCallback {
  readonly callbackId: string;
  readonly start: Instant;
  /** Seconds that the slot book keeps for it from its start. */
  readonly handleSeconds: number;
  readonly assignedAt: Instant;
}

/** An agent as dialing sees it too: with the callbacks in hand. */
export interface AgentAtWork extends Agent {
  readonly callbacks: readonly CarriedCallback[];
  /** When the agent was last rid of a callback. */
  readonly freedAt?: Instant;
}

/** Who is away without saying until when is not counted on for so long; asked again at every step of the grid. */
export const awayMs = 15 * minuteMs;

/** Who has not come yet to a shift that has begun: the same. */
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

/** Time in which an agent at work can take no callback. */
export interface Occupied extends Stretch {
  /** On something else than our callbacks: inbound calls, mostly. */
  readonly elsewhere: boolean;
}

/**
 * What occupies an agent beyond what the slot book knows. A callback of ours is in the book for its planned time and
 * counts here only from there on, if it will take longer. `busy` and `wrap-up` reported while a callback is in hand are
 * that callback, and end with it.
 */
export function occupied(
  { live, callbacks, freedAt = -Infinity }: AgentAtWork,
  { now, handle, cellMs }: { readonly now: Instant; readonly handle: Spread; readonly cellMs: number },
): Occupied[] {
  if (callbacks.length > 0)
    return callbacks.flatMap((callback) => {
      const planned = callback.start + Math.ceil((callback.handleSeconds * secondMs) / cellMs) * cellMs;
      const until = expectedEnd(Math.max(callback.start, callback.assignedAt), now, handle);
      return until > planned ? [{ from: Math.max(planned, now), until, elsewhere: false }] : [];
    });
  if ((live.state !== 'busy' && live.state !== 'wrap-up') || live.since <= freedAt) return [];
  const until = live.until !== undefined && live.until > now ? live.until : busyUntil(live, now, handle);
  return [{ from: now, until, elsewhere: true }];
}

const busyUntil = ({ state, since }: LiveState, now: Instant, handle: Spread): Instant =>
  state === 'wrap-up' ? now + wrapUpMs : expectedEnd(since, now, handle);

/** When something that began, or will begin, is expected to be over. */
function expectedEnd(began: Instant, now: Instant, handle: Spread): Instant {
  const age = Math.max(0, now - began) / secondMs;
  return Math.max(began, now) + Math.round(meanResidualSeconds(handle, age) * secondMs);
}

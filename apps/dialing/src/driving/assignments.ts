import { Inject, Injectable } from '@nestjs/common';
import {
  type Agent,
  type Choice,
  type DialingSettings,
  type Held,
  type KnownCallback,
  type Wish,
  inProgress,
  isPressing,
  match,
  nextDial,
  reached,
  recall,
} from '@handover/dialing';
import { type Clock, type Instant } from '@handover/kernel';
import { CLOCK } from '@handover/platform';
import { SETTINGS } from '../settings.js';
import { Situation } from '../situation/situation.js';

/**
 * Who wants an agent, and who gets one. The callbacks of a pool are matched together, in memory: an agent who becomes
 * free goes to the most pressing of them, and only that one's stream is read and written.
 */
@Injectable()
export class Assignments {
  /** By pool and callback. */
  private readonly wishes = new Map<string, Map<string, Wish>>();
  /** Agents who were given to a callback that has not taken its turn since; by callback. */
  private readonly given = new Map<string, string>();
  /** Agents whose assignment is being stored, or was and the log has not told of it yet; by callback. */
  private readonly claims = new Map<string, string>();
  /** Callbacks that let their agents go, whom pressing ones want; by pool. */
  private readonly recalled = new Map<string, ReadonlySet<string>>();

  constructor(
    @Inject(Situation) private readonly situation: Situation,
    @Inject(SETTINGS) private readonly settings: DialingSettings,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  /** The callback wants an agent, until something happens to it. False if that was known. */
  wish(wish: Wish): boolean {
    const { pool, callbackId } = wish.callback.terms;
    if (this.claims.has(callbackId)) return false;
    const wishes = this.wishes.get(pool) ?? new Map<string, Wish>();
    const isNew = !wishes.has(callbackId);
    this.wishes.set(pool, wishes.set(callbackId, wish));
    return isNew;
  }

  /** Does any callback of the pool want an agent? */
  isAwaited(pool: string): boolean {
    return this.wishes.has(pool);
  }

  /** Something happened to the callback. Its next turn says whether it still wants an agent. */
  forget({ terms: { pool, callbackId } }: KnownCallback): void {
    const wishes = this.wishes.get(pool);
    if (wishes?.delete(callbackId) && wishes.size === 0) this.wishes.delete(pool);
  }

  /** The agent who was given to the callback, once: an agent who is taken and then not claimed is free again. */
  take(callbackId: string): string | undefined {
    const agentId = this.given.get(callbackId);
    this.given.delete(callbackId);
    return agentId;
  }

  claim(callbackId: string, agentId: string): void {
    this.claims.set(callbackId, agentId);
  }

  /** The assignment was not stored, or the log has told of it: the situation knows the agent's callback now. */
  settled(callbackId: string): void {
    this.claims.delete(callbackId);
  }

  /** Does a callback whose window runs out want the agent of this one, which may wait? */
  isWanted({ terms: { pool, callbackId } }: KnownCallback): boolean {
    return this.isAwaited(pool) && !!this.recalled.get(pool)?.has(callbackId);
  }

  /** Matches a pool's wishes and free agents. Answers with the callbacks that got an agent, or have to let one go. */
  serve(pool: string): readonly string[] {
    this.recalled.delete(pool);
    const wishes = this.wishes.get(pool);
    if (!wishes) return [];
    const choice = this.choice();
    const matches = match([...wishes.values()], this.freeAgents(pool), choice);
    for (const { callbackId, agentId } of matches) {
      this.given.set(callbackId, agentId);
      wishes.delete(callbackId);
    }
    if (wishes.size === 0) this.wishes.delete(pool);
    const recalled = this.recall(pool, [...wishes.values()], choice);
    this.recalled.set(pool, new Set(recalled));
    return [...matches.map(({ callbackId }) => callbackId), ...recalled];
  }

  private recall(pool: string, wishes: readonly Wish[], choice: Choice): readonly string[] {
    if (!wishes.some((wish) => isPressing(wish, choice.now))) return [];
    const team = [...this.situation.agents(pool)];
    const held = team.flatMap((agent) => this.heldBy(agent, choice.now));
    const { acknowledgeMs } = this.settings;
    return recall(wishes, held, { ...choice, acknowledgeMs, team }).map(
      ({ callback }) => callback.terms.callbackId,
    );
  }

  private choice(): Choice {
    return {
      now: this.clock.now(),
      askAgainMs: this.settings.askAgainMs,
      lastCallback: (agentId) => this.situation.lastCallback(agentId),
    };
  }

  private freeAgents(pool: string): Agent[] {
    const taken = new Set([...this.given.values(), ...this.claims.values()]);
    return [...this.situation.agents(pool)].filter(
      ({ agentId }) => !taken.has(agentId) && !this.situation.callbackOf(agentId),
    );
  }

  /** The callback that the agent has, if it waits for its next dial. */
  private heldBy(agent: Agent, now: Instant): readonly Held[] {
    const callback = this.situation.callbackOf(agent.agentId);
    if (!callback || inProgress(callback) || reached(callback)) return [];
    const due = nextDial(callback, this.settings.retry, this.situation.hours(callback), now);
    return due === undefined ? [] : [{ callback, agent, due }];
  }
}

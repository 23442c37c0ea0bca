import {
  Inject,
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { domainEvent } from '@handover/contracts';
import { type KnownCallback } from '@handover/dialing';
import { type Clock, type Instant, idFrom, secondMs } from '@handover/kernel';
import {
  CLOCK,
  CONFIG,
  LOG,
  type Check,
  type Config,
  type ReadinessChecks,
  type StoredEvent,
} from '@handover/platform';
import { type Logger } from 'pino';
import { Desks } from '../desks.js';
import { Follower } from '../situation/follower.js';
import { type Change, Situation } from '../situation/situation.js';
import { Calls } from './calls.js';
import { Steps } from './steps.js';
import { Turns } from './turns.js';

/** After a step, or when there was nobody for it, look again after this (domain time): an event usually asks earlier. */
const lookAgainMs = 5 * secondMs;
/** A process that has not been given commands of the pool lets others go first by one to two of these (domain time). */
const standbyMs = secondMs;

/**
 * Drives every open callback: whenever something changed in the log or a moment has come, takes the callback's next step.
 * It remembers nothing that is not in the log, so it may be killed at any time, and run several times over: each step is
 * decided on the log, and of two processes that take the same one the second changes nothing.
 */
@Injectable()
export class Driver implements OnApplicationBootstrap, BeforeApplicationShutdown, ReadinessChecks {
  private readonly turns: Turns;
  /** Callbacks for which no agent was found, by pool. */
  private readonly waiting = new Map<string, Set<string>>();
  private readonly homePools = new Set<string>();
  /** Until when a step is left to other processes, by callback. */
  private readonly standingBy = new Map<string, Instant>();

  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(LOG) private readonly log: Logger,
    @Inject(Follower) private readonly follower: Follower,
    @Inject(Situation) private readonly situation: Situation,
    @Inject(Steps) private readonly steps: Steps,
    @Inject(Calls) private readonly calls: Calls,
    @Inject(Desks) private readonly desks: Desks,
  ) {
    this.turns = new Turns(
      clock,
      (callbackId) => this.look(callbackId),
      (callbackId, err) => log.error({ err, callbackId }, 'a step of a callback failed; trying again'),
    );
  }

  onApplicationBootstrap(): void {
    this.follower
      .follow({
        onLive: () => this.lookAtAll(this.situation.open()),
        onChange: (event, change) => this.react(event, change),
      })
      .catch((err: unknown) => this.log.fatal({ err }, 'callbacks are no longer driven'));
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.calls.stop();
    await this.follower.stop();
    await this.turns.stop();
  }

  checks(): Readonly<Record<string, Check>> {
    const { isLive } = this.follower;
    return {
      driver: isLive ? { status: 'up', detail: 'driving' } : { status: 'down', detail: 'not driving' },
    };
  }

  /** Commands of this pool come to this process: it need not let others go first. */
  isHomeOf(pool: string): void {
    this.homePools.add(pool);
  }

  private react(event: StoredEvent, change: Change): void {
    const changed = change.after ?? change.before;
    switch (changed?.is) {
      case 'callback':
        return this.reactToCallback(event, change, changed.callback);
      case 'agent': {
        const { agentId, pool, state } = changed.agent;
        for (const callbackId of this.situation.callbackIdsOf(agentId)) this.turns.now(callbackId);
        return state === 'available' ? this.agentIsFree(pool) : undefined;
      }
      case 'pool':
        return this.lookAtAll(this.situation.open());
    }
  }

  private reactToCallback(event: StoredEvent, change: Change, { terms }: KnownCallback): void {
    const { callbackId, pool } = terms;
    const told = domainEvent(event);
    if (told?.type === 'AgentAssigned') this.steps.heardOfAssignment(told.data.agentId);
    if (told?.type === 'AttemptEnded') this.calls.drop(told.data.attemptId);
    this.desks.tell(event, change);
    this.standingBy.delete(callbackId);
    this.waiting.get(pool)?.delete(callbackId);
    this.turns.now(callbackId);
    const freed = agentOf(change.before);
    if (!freed || agentOf(change.after)) return;
    for (const other of this.situation.callbackIdsOf(freed)) this.turns.now(other);
    this.agentIsFree(pool);
  }

  private agentIsFree(pool: string): void {
    for (const callbackId of this.waiting.get(pool) ?? []) this.turns.now(callbackId);
  }

  private lookAtAll(callbacks: Iterable<KnownCallback>): void {
    for (const { terms } of callbacks) this.turns.now(terms.callbackId);
  }

  /** Looks at one callback, takes its next step, and says when to look again. */
  private async look(callbackId: string): Promise<Instant | undefined> {
    const callback = this.situation.callback(callbackId);
    if (!callback || !this.follower.isLive) return undefined;
    const now = this.clock.now();
    const step = this.steps.next(callback, now);
    if (step.do === 'rest') return undefined;
    if (step.do === 'wait') return step.until;
    if (step.do === 'give-up-attempt' && this.calls.isLive(step.attemptId)) return now + lookAgainMs;
    const standby = this.standby(callback, now);
    if (standby > now) return standby;
    this.standingBy.delete(callbackId);
    if (!(await this.steps.take(callback, step))) this.waits(callback);
    return soon(callback, this.clock.now());
  }

  private waits({ terms: { pool, callbackId } }: KnownCallback): void {
    const waiting = this.waiting.get(pool) ?? new Set();
    this.waiting.set(pool, waiting.add(callbackId));
  }

  /** Until when to leave a step to others: each process its own time, so that one of them acts and the others see it. */
  private standby({ terms: { callbackId, pool } }: KnownCallback, now: Instant): Instant {
    if (this.homePools.has(pool)) return now;
    const share = Number.parseInt(idFrom(this.config.instance, callbackId).slice(0, 8), 16) / 2 ** 32;
    const until = this.standingBy.get(callbackId) ?? now + Math.round(standbyMs * (1 + share));
    this.standingBy.set(callbackId, until);
    return until;
  }
}

const agentOf = (state: Change['after']): string | undefined =>
  state?.is === 'callback' ? state.callback.assigned?.agentId : undefined;

/** In a few seconds, and not after the window's end: a miss is told when it happens. */
const soon = ({ end }: KnownCallback, now: Instant): Instant =>
  end > now ? Math.min(end, now + lookAgainMs) : now + lookAgainMs;

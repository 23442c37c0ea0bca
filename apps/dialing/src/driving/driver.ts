import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  Inject,
  Injectable,
  type BeforeApplicationShutdown,
  type OnApplicationBootstrap,
} from '@nestjs/common';
import { domainEvent } from '@handover/contracts';
import { type KnownCallback, type Step } from '@handover/dialing';
import { type Clock, type Instant, secondMs } from '@handover/kernel';
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
import { Assignments } from './assignments.js';
import { Calls } from './calls.js';
import { Standby } from './standby.js';
import { Steps } from './steps.js';
import { Turns } from './turns.js';

/** After a step, or when there was nobody for it, look again after this (domain time): an event usually asks earlier. */
const lookAgainMs = 5 * secondMs;

/**
 * Drives every open callback: whenever something changed in the log or a moment has come, takes the callback's next step.
 * It remembers nothing that is not in the log, so it may be killed at any time, and run several times over: each step is
 * decided on the log, and of two processes that take the same one the second changes nothing.
 */
@Injectable()
export class Driver implements OnApplicationBootstrap, BeforeApplicationShutdown, ReadinessChecks {
  /** Of callbacks. */
  private readonly turns: Turns;
  /** Of pools: who of the callbacks that want an agent gets one. */
  private readonly rounds: Turns;
  private readonly standby: Standby;

  constructor(
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(CONFIG) config: Config,
    @Inject(LOG) private readonly log: Logger,
    @Inject(Follower) private readonly follower: Follower,
    @Inject(Situation) private readonly situation: Situation,
    @Inject(Assignments) private readonly assignments: Assignments,
    @Inject(Steps) private readonly steps: Steps,
    @Inject(Calls) private readonly calls: Calls,
    @Inject(Desks) private readonly desks: Desks,
  ) {
    this.standby = new Standby(config.instance);
    this.turns = new Turns(
      clock,
      (callbackId) => this.look(callbackId),
      (callbackId, err) => log.error({ err, callbackId }, 'a step of a callback failed; trying again'),
    );
    this.rounds = new Turns(
      clock,
      (pool) => this.serve(pool),
      (pool, err) => log.error({ err, pool }, 'agents were not given to callbacks; trying again'),
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
    await this.rounds.stop();
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
    this.standby.isHomeOf(pool);
  }

  private react(event: StoredEvent, change: Change): void {
    const changed = change.after ?? change.before;
    switch (changed?.is) {
      case 'callback':
        return this.reactToCallback(event, change, changed.callback);
      case 'agent': {
        const { agentId, pool, state } = changed.agent;
        for (const callbackId of this.situation.callbackIdsOf(agentId)) this.turns.now(callbackId);
        return state === 'available' ? this.agentMayBeFree(pool) : undefined;
      }
      case 'pool':
        return this.lookAtAll(this.situation.open());
    }
  }

  private reactToCallback(event: StoredEvent, change: Change, callback: KnownCallback): void {
    const { callbackId, pool } = callback.terms;
    const told = domainEvent(event);
    if (told?.type === 'AgentAssigned') this.assignments.settled(callbackId);
    if (told?.type === 'AttemptEnded') this.calls.drop(told.data.attemptId);
    this.desks.tell(event, change);
    this.standby.done(callbackId);
    this.assignments.forget(callback);
    this.turns.now(callbackId);
    const freed = agentOf(change.before);
    if (freed && !agentOf(change.after))
      for (const other of this.situation.callbackIdsOf(freed)) this.turns.now(other);
    this.agentMayBeFree(pool);
  }

  private agentMayBeFree(pool: string): void {
    if (this.assignments.isAwaited(pool)) this.rounds.now(pool);
  }

  private lookAtAll(callbacks: Iterable<KnownCallback>): void {
    for (const { terms } of callbacks) this.turns.now(terms.callbackId);
  }

  /** Looks at one callback, takes its next step, and says when to look again. */
  private async look(callbackId: string): Promise<Instant | undefined> {
    const agentId = this.assignments.take(callbackId);
    const callback = this.situation.callback(callbackId);
    if (!callback || !this.follower.isLive) return undefined;
    const now = this.clock.now();
    const step = this.steps.next(callback, now);
    if (step.do === 'assign') return this.assign(callback, step, agentId);
    this.assignments.forget(callback);
    if (agentId) this.agentMayBeFree(callback.terms.pool);
    if (step.do === 'rest') return undefined;
    if (step.do === 'wait') return step.until;
    if (step.do === 'give-up-attempt' && this.calls.isLive(step.attemptId)) return now + lookAgainMs;
    const actAt = this.standby.actAt(callbackId, callback.terms.pool, now);
    if (actAt > now) return actAt;
    await this.steps.take(callback, step);
    return soon(callback, this.clock.now());
  }

  /** Gives the callback the agent whom its pool's round found for it, or lets the next round know that it wants one. */
  private async assign(
    callback: KnownCallback,
    step: Extract<Step, { do: 'assign' }>,
    agentId: string | undefined,
  ): Promise<Instant> {
    const { pool } = callback.terms;
    if (agentId === undefined) {
      if (this.assignments.wish({ callback, due: step.due })) this.rounds.now(pool);
    } else if (!(await this.steps.assign(callback, step, agentId))) this.agentMayBeFree(pool);
    return soon(callback, this.clock.now());
  }

  /** One round of a pool; others follow when something has changed, or an agent may be asked again or begins to work. */
  private async serve(pool: string): Promise<Instant | undefined> {
    await nextTurn(); // Timers that fire together ask together: the first to be heard has no claim to be first.
    const now = this.clock.now();
    const actAt = this.standby.actAt(pool, pool, now);
    if (actAt > now) return actAt;
    for (const callbackId of this.assignments.serve(pool)) this.turns.now(callbackId);
    return this.assignments.isAwaited(pool) ? now + lookAgainMs : undefined;
  }
}

const agentOf = (state: Change['after']): string | undefined =>
  state?.is === 'callback' ? state.callback.assigned?.agentId : undefined;

/** In a few seconds, and not after the window's end: a miss is told when it happens. */
const soon = ({ end }: KnownCallback, now: Instant): Instant =>
  end > now ? Math.min(end, now + lookAgainMs) : now + lookAgainMs;

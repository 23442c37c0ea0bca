import { Inject, Injectable } from '@nestjs/common';
import { type CallbackEvent } from '@handover/contracts';
import {
  type Callback,
  type DialingSettings,
  type KnownCallback,
  type Step,
  assignAgent,
  chooseAgent,
  complete,
  miss,
  nextStep,
  releaseAgent,
} from '@handover/dialing';
import { type Clock, type Instant } from '@handover/kernel';
import { CLOCK } from '@handover/platform';
import { CallbackLog } from '../callback-log.js';
import { SETTINGS } from '../settings.js';
import { Situation } from '../situation/situation.js';
import { Calls } from './calls.js';

/** Finds the step that a callback asks for, and takes it. */
@Injectable()
export class Steps {
  /** Agents to whom we give a callback, until the log tells us so. */
  private readonly claims = new Set<string>();

  constructor(
    @Inject(CallbackLog) private readonly callbacks: CallbackLog,
    @Inject(Situation) private readonly situation: Situation,
    @Inject(Calls) private readonly calls: Calls,
    @Inject(SETTINGS) private readonly settings: DialingSettings,
    @Inject(CLOCK) private readonly clock: Clock,
  ) {}

  next(callback: Callback, now: Instant): Step {
    if (callback.is === 'unknown') return { do: 'rest' };
    const hours = this.situation.hours(callback);
    return nextStep(callback, { now, hours, agentReady: this.situation.isReady(callback) }, this.settings);
  }

  /** Takes the step, if the log as it is then still asks for it. Resolves to false if there is no agent for it now. */
  async take(callback: KnownCallback, step: Step): Promise<boolean> {
    switch (step.do) {
      case 'wait':
      case 'rest':
        return true;
      case 'assign':
        return this.assign(callback, step);
      case 'dial':
        await this.calls.place(callback, this.situation.hours(callback));
        return true;
      case 'give-up-attempt':
        await this.calls.giveUp(callback, step.attemptId);
        return true;
      case 'release':
        await this.decide(callback, step, (fresh, now) =>
          releaseAgent(fresh, step.agentId, step.reason, now),
        );
        return true;
      case 'miss':
        await this.decide(callback, step, (fresh, now) => miss(fresh, step.reason, now));
        return true;
      case 'complete':
        await this.decide(callback, step, (fresh, now) => complete(fresh, step, now));
        return true;
    }
  }

  /** The log has told of the assignment: the situation knows it now. */
  heardOfAssignment(agentId: string): void {
    this.claims.delete(agentId);
  }

  private async assign(callback: KnownCallback, step: Extract<Step, { do: 'assign' }>): Promise<boolean> {
    const agent = chooseAgent(this.situation.agents(callback.terms.pool), callback, {
      due: step.due,
      now: this.clock.now(),
      askAgainMs: this.settings.askAgainMs,
      isOccupied: (agentId) => this.situation.isOccupied(agentId) || this.claims.has(agentId),
      lastCallback: (agentId) => this.situation.lastCallback(agentId),
    });
    if (!agent) return false;
    const { agentId } = agent;
    this.claims.add(agentId);
    let stored = false;
    const decision = (fresh: Callback, now: Instant): CallbackEvent[] => assignAgent(fresh, agentId, now);
    try {
      stored = await this.decide(callback, step, decision);
    } finally {
      if (!stored) this.claims.delete(agentId);
    }
    return true;
  }

  /** Events are heard one by one: what we know may be half of what was decided. So the whole log is asked once more. */
  private async decide(
    { terms }: KnownCallback,
    step: Step,
    decision: (callback: Callback, now: Instant) => CallbackEvent[],
  ): Promise<boolean> {
    const cause = this.callbacks.freshCause(step.do, terms.handoverId);
    const { events } = await this.callbacks.decide(terms.callbackId, cause, (fresh, now) =>
      this.next(fresh, now).do === step.do ? decision(fresh, now) : [],
    );
    return events.length > 0;
  }
}

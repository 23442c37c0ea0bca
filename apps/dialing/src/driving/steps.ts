import { Inject, Injectable } from '@nestjs/common';
import { type CallbackEvent } from '@handover/contracts';
import {
  type Callback,
  type DialingSettings,
  type KnownCallback,
  type Step,
  assignAgent,
  complete,
  miss,
  nextStep,
  releaseAgent,
} from '@handover/dialing';
import { type Instant } from '@handover/kernel';
import { CallbackLog } from '../callback-log.js';
import { SETTINGS } from '../settings.js';
import { Situation } from '../situation/situation.js';
import { Assignments } from './assignments.js';
import { Calls } from './calls.js';

/** Finds the step that a callback asks for, and takes it. */
@Injectable()
export class Steps {
  constructor(
    @Inject(CallbackLog) private readonly callbacks: CallbackLog,
    @Inject(Situation) private readonly situation: Situation,
    @Inject(Assignments) private readonly assignments: Assignments,
    @Inject(Calls) private readonly calls: Calls,
    @Inject(SETTINGS) private readonly settings: DialingSettings,
  ) {}

  next(callback: Callback, now: Instant): Step {
    if (callback.is === 'unknown') return { do: 'rest' };
    const hours = this.situation.hours(callback);
    const agentReady = this.situation.isReady(callback);
    const agentWanted = this.assignments.isWanted(callback);
    return nextStep(callback, { now, hours, agentReady, agentWanted }, this.settings);
  }

  /** Takes the step, if the log as it is then still asks for it. */
  async take(
    callback: KnownCallback,
    step: Exclude<Step, { do: 'wait' | 'rest' | 'assign' }>,
  ): Promise<void> {
    switch (step.do) {
      case 'dial':
        return this.calls.place(callback, this.situation.hours(callback));
      case 'give-up-attempt':
        return this.calls.giveUp(callback, step.attemptId);
      case 'release':
        await this.decide(callback, step, (fresh, now) =>
          releaseAgent(fresh, step.agentId, step.reason, now),
        );
        return;
      case 'miss':
        await this.decide(callback, step, (fresh, now) => miss(fresh, step.reason, now));
        return;
      case 'complete':
        await this.decide(callback, step, (fresh, now) => complete(fresh, step, now));
        return;
    }
  }

  /** Gives the callback to the agent. Resolves to false if it wants none any more: then the agent is free again. */
  async assign(callback: KnownCallback, step: Step, agentId: string): Promise<boolean> {
    const { callbackId } = callback.terms;
    this.assignments.claim(callbackId, agentId);
    let stored = false;
    try {
      stored = await this.decide(callback, step, (fresh, now) => assignAgent(fresh, agentId, now));
    } finally {
      if (!stored) this.assignments.settled(callbackId);
    }
    return stored;
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

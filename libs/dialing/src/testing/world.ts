import { type AttemptOutcome, type CallbackEvent, type Disposition } from '@handover/contracts';
import { type Decision, type Instant, isRefusal, minuteMs, toIso } from '@handover/kernel';
import { connect, endAttempt, startAttempt } from '../callback/attempts.js';
import { acknowledge, assignAgent, releaseAgent } from '../callback/briefed-agent.js';
import { type Callback, evolve, unknownCallback } from '../callback/callback.js';
import { complete, dispose } from '../callback/completion.js';
import { cancel, miss, reschedule, schedule } from '../callback/window.js';
import { type Step, nextStep } from '../next-step.js';
import { type DialingSettings, usualSettings } from '../settings.js';
import { type AllowedHours } from '../timing/calling-hours.js';
import { aCommand, aMove } from './builders.js';

/** What may happen to a callback, in any order. */
export type Happening =
  | { readonly what: 'time-passes'; readonly ms: number }
  /** A process looks and acts; `stale` steps behind the log, and it may die between the stored attempt and the dial. */
  | {
      readonly what: 'turn';
      readonly stale: number;
      readonly agent: string;
      readonly diesBeforeDial: boolean;
    }
  | { readonly what: 'schedule' | 'cancel' }
  | { readonly what: 'reschedule'; readonly minutes: number }
  | { readonly what: 'acknowledge'; readonly agent: string }
  | { readonly what: 'agent-leaves' | 'agent-returns' | 'agent-wanted' | 'agent-not-wanted' }
  | { readonly what: 'answered'; readonly attempt: number }
  | { readonly what: 'machine'; readonly attempt: number }
  | { readonly what: 'ended'; readonly attempt: number; readonly outcome: AttemptOutcome }
  | { readonly what: 'disposition'; readonly agent: string; readonly disposition: 'resolved' | 'follow-up' };

/** One callback, the processes that drive it, and a telephone exchange: everything that the decisions see, without any I/O. */
export class World {
  readonly log: CallbackEvent[] = [];
  /** Attempt ids in the order in which the exchange was asked to dial. */
  readonly dialled: string[] = [];
  /** The callback after each number of events. */
  private readonly states: Callback[] = [unknownCallback];
  private agentReady = true;
  private agentWanted = false;
  private serial = 0;

  constructor(
    public now: Instant,
    readonly hours: AllowedHours,
    private readonly window: { readonly start: Instant; readonly end: Instant },
    private readonly settings: DialingSettings = usualSettings,
  ) {}

  /** The callback as it is, or as somebody sees it who is some events behind. */
  callback(behind = 0): Callback {
    return this.states[Math.max(0, this.states.length - 1 - behind)] ?? unknownCallback;
  }

  happens(happening: Happening): void {
    switch (happening.what) {
      case 'time-passes':
        this.now += happening.ms;
        return;
      case 'turn':
        return this.turn(happening);
      case 'agent-leaves':
      case 'agent-returns':
        this.agentReady = happening.what === 'agent-returns';
        return;
      case 'agent-wanted':
      case 'agent-not-wanted':
        this.agentWanted = happening.what === 'agent-wanted';
        return;
      default:
        this.append(this.decide(happening));
    }
  }

  /** Looks again and again, with nobody else acting, until the callback is closed; false if that does not come to an end. */
  runToEnd(mostTurns: number): boolean {
    for (let turn = 0; turn < mostTurns && this.callback().is === 'open'; turn += 1) {
      const step = this.step();
      if (step.do === 'wait') this.now = Math.max(this.now, step.until);
      else if (step.do === 'assign') this.now += minuteMs;
      else this.take(step, 'ann', true);
    }
    return this.callback().is !== 'open';
  }

  private turn({ stale, agent, diesBeforeDial }: Extract<Happening, { what: 'turn' }>): void {
    this.take(this.step(stale), agent, diesBeforeDial);
  }

  private step(stale = 0): Step {
    const { now, hours, agentReady, agentWanted } = this;
    return nextStep(this.callback(stale), { now, hours, agentReady, agentWanted }, this.settings);
  }

  private take(step: Step, agent: string, diesBeforeDial: boolean): void {
    const { now } = this;
    const callback = this.callback();
    switch (step.do) {
      case 'wait':
      case 'rest':
        return;
      case 'assign':
        return this.append(assignAgent(callback, agent, now));
      case 'release':
        return this.append(releaseAgent(callback, step.agentId, step.reason, now));
      case 'dial':
        return this.dial(diesBeforeDial);
      case 'give-up-attempt': {
        const { attemptId } = step;
        return this.append(endAttempt(callback, { attemptId, outcome: 'failed', cause: 'lost' }, now));
      }
      case 'miss':
        return this.append(miss(callback, step.reason, now));
      case 'complete':
        return this.append(complete(callback, step, now));
    }
  }

  private dial(diesBeforeDial: boolean): void {
    const attemptId = `a-${this.serial + 1}`;
    const { retry: rules } = this.settings;
    const decision = startAttempt(this.callback(), { attemptId, rules, hours: this.hours }, this.now);
    if (isRefusal(decision)) return;
    this.serial += 1;
    this.append(decision);
    if (!diesBeforeDial) this.dialled.push(attemptId);
  }

  private decide(
    happening: Exclude<Happening, { what: 'time-passes' | 'turn' | `agent-${string}` }>,
  ): Decision<CallbackEvent> {
    const { now } = this;
    const callback = this.callback();
    switch (happening.what) {
      case 'schedule': {
        const window = { start: toIso(this.window.start), end: toIso(this.window.end) };
        return schedule(callback, aCommand({ ...window, timeZone: this.hours.zone }), now);
      }
      case 'reschedule': {
        const by = happening.minutes * minuteMs;
        const window = { start: toIso(this.window.start + by), end: toIso(this.window.end + by) };
        return reschedule(callback, aMove(window), now);
      }
      case 'cancel':
        return cancel(callback, { ...aMove(), reason: 'caller' }, now);
      case 'acknowledge':
        return acknowledge(callback, 'c-1', happening.agent, now);
      case 'answered':
        return connect(callback, `a-${happening.attempt}`, now);
      case 'machine':
      case 'ended': {
        const outcome = happening.what === 'machine' ? 'voicemail' : happening.outcome;
        return endAttempt(callback, { attemptId: `a-${happening.attempt}`, outcome }, now);
      }
      case 'disposition': {
        const { agent: agentId, disposition } = happening;
        return dispose(callback, 'c-1', { agentId, disposition, reAsked: false }, now);
      }
    }
  }

  private append(decision: Decision<CallbackEvent>): void {
    if (isRefusal(decision)) return;
    for (const event of decision) {
      this.log.push(event);
      this.states.push(evolve(this.callback(), event));
    }
  }

  /** How the callback was completed, if it was. */
  disposition(): Disposition | undefined {
    const callback = this.callback();
    const ending = callback.is === 'closed' ? callback.ending : undefined;
    return ending?.by === 'completion' ? ending.completed.disposition : undefined;
  }
}

import { Inject, Injectable } from '@nestjs/common';
import { type AttemptOutcome } from '@handover/contracts';
import {
  type AllowedHours,
  type CallEvent,
  type DialRequest,
  type DialingSettings,
  type KnownCallback,
  type Telephony,
  complete,
  connect,
  endAttempt,
  outcomeOf,
  startAttempt,
} from '@handover/dialing';
import { type Clock, type Ids, type Instant } from '@handover/kernel';
import { CLOCK, IDS, LOG, machineWall, pause } from '@handover/platform';
import { type Logger } from 'pino';
import { CallbackLog } from '../callback-log.js';
import { SETTINGS } from '../settings.js';
import { TELEPHONY } from '../telephony/open-telephony.js';

/** Wall time between tries to store what happened to a call. */
const retryMs = 200;

/** Dials, and writes down what becomes of the calls of this process. */
@Injectable()
export class Calls {
  private readonly live = new Set<string>();
  private readonly stopping = new AbortController();

  constructor(
    @Inject(CallbackLog) private readonly callbacks: CallbackLog,
    @Inject(TELEPHONY) private readonly telephony: Telephony,
    @Inject(SETTINGS) private readonly settings: DialingSettings,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: Ids,
    @Inject(LOG) private readonly log: Logger,
  ) {}

  /** Stores the attempt; if it was we who stored it, dials. Resolves when the call is under way: what becomes of it is written down later. */
  async place(callback: KnownCallback, hours: AllowedHours): Promise<void> {
    const { callbackId, handoverId, language } = callback.terms;
    const phoneNumber = (await this.callbacks.context(handoverId))?.personal.phoneNumber;
    if (!phoneNumber) return this.giveUpWithoutNumber(callback);
    const attemptId = this.ids.next();
    const { retry: rules, ringMs, maxTalkMs } = this.settings;
    const { state, events } = await this.callbacks.decide(
      callbackId,
      this.callbacks.freshCause('dial', handoverId),
      (fresh, now) => startAttempt(fresh, { attemptId, rules, hours }, now),
    );
    if (events.length === 0 || state.is === 'unknown' || !state.last) return;
    const { attempt, agentId, startedAt } = state.last;
    void this.follow(callback, startedAt, {
      attemptId,
      attempt,
      phoneNumber,
      agentId,
      language,
      ringMs,
      maxTalkMs,
    });
  }

  /** True while this process hears of the call: then nobody has to give the attempt up. */
  isLive(attemptId: string): boolean {
    return this.live.has(attemptId);
  }

  /** The log says that the attempt is over: its call, if it is one of ours, must not ring or talk any longer. */
  drop(attemptId: string): void {
    if (this.live.has(attemptId)) void this.stubbornly(attemptId, () => this.telephony.hangUp(attemptId));
  }

  /** Ends an attempt that nobody hears of any more. The call is ended first: it might still ring somewhere. */
  async giveUp({ terms }: KnownCallback, attemptId: string): Promise<void> {
    await this.telephony.hangUp(attemptId);
    await this.callbacks.decide(
      terms.callbackId,
      this.callbacks.freshCause('give-up', terms.handoverId),
      (fresh, now) => endAttempt(fresh, { attemptId, outcome: 'failed', cause: 'dialing-restarted' }, now),
    );
  }

  /** Writes nothing more down; calls go on without us. */
  stop(): void {
    this.stopping.abort();
  }

  private async follow(callback: KnownCallback, startedAt: Instant, request: DialRequest): Promise<void> {
    const { attemptId } = request;
    this.live.add(attemptId);
    try {
      // A process that slept here may have been declared dead: it must not ring when the next attempt may.
      const { ringMs, graceMs } = this.settings;
      const leftMs = startedAt + ringMs + graceMs - this.clock.now();
      if (leftMs < ringMs / 2) return await this.end(callback, attemptId, 'failed', 'not-dialled-in-time');
      const calls = this.telephony.dial({ ...request, ringMs: Math.min(ringMs, leftMs) });
      for await (const event of calls) await this.record(callback, attemptId, event);
    } catch (fault) {
      this.log.error({ err: fault, attemptId }, 'the telephone system failed; the attempt is ended');
      await this.stubbornly(attemptId, () => this.telephony.hangUp(attemptId));
      await this.end(callback, attemptId, 'failed', 'telephony-unreachable');
    } finally {
      this.live.delete(attemptId);
    }
  }

  private async record(callback: KnownCallback, attemptId: string, event: CallEvent): Promise<void> {
    switch (event.type) {
      case 'ringing':
        return;
      case 'answered':
        return event.by === 'person'
          ? this.connect(callback, attemptId)
          : this.end(callback, attemptId, 'voicemail', 'machine');
      case 'ended':
        return this.end(callback, attemptId, outcomeOf(event.cause), event.cause);
    }
  }

  private async connect({ terms }: KnownCallback, attemptId: string): Promise<void> {
    const cause = this.callbacks.freshCause('connect', terms.handoverId);
    await this.stubbornly(attemptId, async () => {
      const { events } = await this.callbacks.decide(terms.callbackId, cause, (fresh, now) =>
        connect(fresh, attemptId, now),
      );
      if (events.length === 0) await this.telephony.hangUp(attemptId);
    });
  }

  private async end(
    { terms }: KnownCallback,
    attemptId: string,
    outcome: AttemptOutcome,
    reason: string,
  ): Promise<void> {
    const cause = this.callbacks.freshCause('end', terms.handoverId);
    await this.stubbornly(attemptId, () =>
      this.callbacks.decide(terms.callbackId, cause, (fresh, now) =>
        endAttempt(fresh, { attemptId, outcome, cause: reason.slice(0, 64) }, now),
      ),
    );
  }

  /** What was known of the caller is gone: there is no number to dial. */
  private async giveUpWithoutNumber({ terms }: KnownCallback): Promise<void> {
    this.log.error({ callbackId: terms.callbackId }, 'no telephone number is known: the callback has failed');
    await this.callbacks.decide(
      terms.callbackId,
      this.callbacks.freshCause('no-number', terms.handoverId),
      (fresh, now) => complete(fresh, { disposition: 'failed', by: 'telephony' }, now),
    );
  }

  /** Tries until it works or the process stops: news of a call comes only once. */
  private async stubbornly(attemptId: string, act: () => Promise<unknown>): Promise<void> {
    const { signal } = this.stopping;
    while (!signal.aborted) {
      try {
        await act();
        return;
      } catch (fault) {
        this.log.warn({ err: fault, attemptId }, 'news of a call not acted upon; trying again');
        await pause(machineWall, retryMs, signal);
      }
    }
  }
}

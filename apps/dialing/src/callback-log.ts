import { Inject, Injectable } from '@nestjs/common';
import {
  type CallbackEvent,
  type HandoverContext,
  evolveContext,
  streams,
  currentVersion,
} from '@handover/contracts';
import { type Callback, callbackStream, evolve, unknownCallback } from '@handover/dialing';
import { type Clock, type Decision, type Ids, type Instant, type Refusal } from '@handover/kernel';
import { CLOCK, IDS, STORE, type Cause, type EventStore, type Handled, handle } from '@handover/platform';

const aggregate = { initial: unknownCallback, evolve, versionOf: currentVersion };

/** The streams of callbacks: load one, decide about it, and what is known of its handover. */
@Injectable()
export class CallbackLog {
  constructor(
    @Inject(STORE) private readonly store: EventStore,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(IDS) private readonly ids: Ids,
  ) {}

  async load(callbackId: string): Promise<Callback> {
    let callback = unknownCallback;
    for await (const event of this.store.readStream(callbackStream(callbackId)))
      callback = evolve(callback, event);
    return callback;
  }

  /** Loads, decides at the present moment, appends with the expected revision. */
  decide<Refused extends Refusal = never>(
    callbackId: string,
    cause: Cause,
    decision: (callback: Callback, now: Instant) => Decision<CallbackEvent, Refused>,
  ): Promise<Handled<Callback, Refused>> {
    return handle<Callback, Refused>(
      { store: this.store, clock: this.clock },
      {
        stream: callbackStream(callbackId),
        aggregate,
        cause,
        decide: (callback) => decision(callback, this.clock.now()),
      },
    );
  }

  /**
   * A cause that never comes again: of a timer, of news of a call, of a request. Their decisions look at what has
   * happened already, so that a repeat changes nothing.
   */
  freshCause(what: string, handoverId: string, traceparent?: string): Cause {
    return {
      id: `dialing/${what}/${this.ids.next()}`,
      correlationId: handoverId,
      ...(traceparent && { traceparent }),
    };
  }

  /** What is known of a handover now: the freshest context, and the number that the caller gave last. */
  async context(handoverId: string): Promise<HandoverContext | undefined> {
    let context: HandoverContext | undefined;
    for await (const event of this.store.readStream(streams.handover(handoverId)))
      context = evolveContext(context, event);
    return context;
  }
}

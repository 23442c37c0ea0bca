import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import {
  type ContextAmendment,
  type HandoverEvent,
  type HandoverRequest,
  type Implausible,
  type OfferAcceptance,
  currentVersion,
} from '@handover/contracts';
import {
  type AlreadyConfirmed,
  type CallerConnected,
  type Closed,
  type Handover,
  type KeyReused,
  type RoutingTable,
  type Unknown,
  acceptOffer,
  amendContext,
  canonicalJson,
  declineOffers,
  evolveHandover,
  handoverStream,
  noHandover,
  plain,
  requestHandover,
  route,
  supersedeHandover,
  withdrawHandover,
} from '@handover/intake';
import { type Clock, type Decision, type Instant, type Refusal, isRefusal } from '@handover/kernel';
import {
  CLOCK,
  STORE,
  type Cause,
  type EventStore,
  type Handled,
  type StoredEvent,
  handle,
} from '@handover/platform';
import { ROUTING } from './routing.js';

/** A command's cause; its correlation is always the handover. */
export type CommandCause = Omit<Cause, 'correlationId'>;

/** A request with the id that follows from who asked, and under which key. */
export interface AskedFor {
  readonly handoverId: string;
  readonly clientId: string;
  readonly request: HandoverRequest;
}

/** What a command did, and the handover's history in the streams of other services when it was decided. */
export interface CarriedOut<Refused extends Refusal> extends Handled<Handover, Refused> {
  readonly elsewhere: readonly StoredEvent[];
}

const aggregate = { initial: noHandover, evolve: evolveHandover, versionOf: currentVersion };

const fingerprintOf = (request: HandoverRequest): string =>
  createHash('sha256')
    .update(canonicalJson(plain(request)))
    .digest('hex');

/** Carries commands about handovers out, whichever way they came: load, decide, append. */
@Injectable()
export class HandoverCommands {
  constructor(
    @Inject(STORE) private readonly store: EventStore,
    @Inject(CLOCK) private readonly clock: Clock,
    @Inject(ROUTING) private readonly routing: RoutingTable,
  ) {}

  /** The same request again changes nothing; another body under the same key is refused, also from the same cause. */
  async request(
    { handoverId, clientId, request }: AskedFor,
    cause: CommandCause,
  ): Promise<Handled<Handover, KeyReused | Implausible>> {
    const asked = {
      handoverId,
      clientId,
      request,
      fingerprint: fingerprintOf(request),
      route: route(this.routing, request),
    };
    const decide = (handover: Handover) => requestHandover(handover, asked, this.clock.now());
    const handled = await handle<Handover, KeyReused | Implausible>(
      { store: this.store, clock: this.clock },
      {
        stream: handoverStream(handoverId),
        aggregate,
        cause: { ...cause, correlationId: handoverId },
        decide,
      },
    );
    const again = handled.repeated ? decide(handled.state) : [];
    return isRefusal(again) ? { ...handled, refused: again } : handled;
  }

  amend(handoverId: string, amendment: ContextAmendment, cause: CommandCause) {
    return this.carryOut<Unknown | Closed | Implausible>(handoverId, cause, (handover, now) =>
      amendContext(handover, amendment, now),
    );
  }

  accept(handoverId: string, acceptance: OfferAcceptance, cause: CommandCause) {
    return this.carryOut<Unknown | Closed>(handoverId, cause, (handover, now) =>
      acceptOffer(handover, acceptance, now),
    );
  }

  decline(handoverId: string, reason: string | undefined, cause: CommandCause) {
    return this.carryOut<Unknown | Closed | AlreadyConfirmed>(handoverId, cause, (handover, now) =>
      declineOffers(handover, reason, now),
    );
  }

  withdraw(handoverId: string, reason: string | undefined, cause: CommandCause) {
    return this.carryOut<Unknown | Closed | CallerConnected>(handoverId, cause, (handover, now) =>
      withdrawHandover(handover, reason, now),
    );
  }

  supersede(handoverId: string, supersededBy: string, cause: CommandCause) {
    return this.carryOut(handoverId, cause, (handover, now) =>
      supersedeHandover(handover, supersededBy, now),
    );
  }

  private async carryOut<Refused extends Refusal = never>(
    handoverId: string,
    cause: CommandCause,
    decide: (handover: Handover, now: Instant) => Decision<HandoverEvent, Refused>,
  ): Promise<CarriedOut<Refused>> {
    const stream = handoverStream(handoverId);
    const elsewhere: StoredEvent[] = [];
    for await (const event of this.store.readCorrelation(handoverId))
      if (event.stream !== stream) elsewhere.push(event);
    const handled = await handle<Handover, Refused>(
      { store: this.store, clock: this.clock },
      {
        stream,
        aggregate,
        cause: { ...cause, correlationId: handoverId },
        decide: (handover) => decide(elsewhere.reduce(evolveHandover, handover), this.clock.now()),
      },
    );
    return { ...handled, elsewhere };
  }
}

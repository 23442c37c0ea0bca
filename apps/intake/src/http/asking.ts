import { Inject, Injectable } from '@nestjs/common';
import {
  type AppointmentAnswer,
  type HandoverAnswer,
  type HandoverRequested,
  type OfferAcceptance,
  domainEvent,
} from '@handover/contracts';
import { handoverStream, unknown } from '@handover/intake';
import { STORE, type EventStore, type StoredEvent, eventId } from '@handover/platform';
import { type AskedFor, type CommandCause, HandoverCommands } from '../handover-commands.js';
import { confirmationOf, offersFor, replyIn } from '../replies/reply.js';
import { ReservationAnswers } from '../replies/reservation-answers.js';
import { appointmentAnswer, handoverAnswer, pendingAppointment, refusedAppointment } from './compose.js';
import { type HttpAnswer } from './http-answer.js';
import { problemOf } from './problems.js';

/** The two calls that a caller on the telephone waits for: each asks reservation, and has its answer within the budget. */
@Injectable()
export class Asking {
  constructor(
    @Inject(STORE) private readonly store: EventStore,
    @Inject(HandoverCommands) private readonly commands: HandoverCommands,
    @Inject(ReservationAnswers) private readonly answers: ReservationAnswers,
  ) {}

  /** Asks for times. @throws Problem if the request is refused */
  async request(asking: AskedFor, cause: CommandCause): Promise<HttpAnswer<HandoverAnswer>> {
    const { handoverId } = asking;
    const wanted = offersFor(eventId(handoverStream(handoverId), cause));
    const { asked, reply } = await this.answers.to(handoverId, wanted, async () => {
      const handled = await this.commands.request(asking, cause);
      if (handled.refused) throw problemOf(handled.refused);
      const isNew = handled.events.length > 0 && !handled.repeated;
      const first = await this.firstOf(handoverId);
      return { isNew, wanted: offersFor(first.id), requested: first.data };
    });
    return handoverAnswer(asked.requested, reply);
  }

  /** Accepts an offer. @throws Problem if intake or reservation refuses */
  async accept(
    handoverId: string,
    acceptance: OfferAcceptance,
    cause: CommandCause,
  ): Promise<HttpAnswer<AppointmentAnswer>> {
    const { offerId } = acceptance;
    const wanted = confirmationOf(offerId, eventId(handoverStream(handoverId), cause));
    const { asked, reply } = await this.answers.to(handoverId, wanted, async () => {
      const { refused, events, state, elsewhere } = await this.commands.accept(handoverId, acceptance, cause);
      if (refused) throw problemOf(refused);
      if (!state.context) throw problemOf(unknown);
      const isNew = events.length > 0 && !isConfirmed(elsewhere, offerId);
      const earlier = isNew ? wanted : await this.earlier(handoverId, offerId);
      return { isNew, wanted: earlier, context: state.context };
    });
    if (!reply) return pendingAppointment(asked.context);
    if (reply.type === 'AppointmentConfirmed') return appointmentAnswer(reply.data);
    throw refusedAppointment(reply.data, asked.context);
  }

  private async firstOf(handoverId: string): Promise<{ id: string; data: HandoverRequested }> {
    for await (const stored of this.store.readStream(handoverStream(handoverId), { limit: 1 })) {
      const event = domainEvent(stored);
      if (event?.type === 'HandoverRequested') return { id: stored.id, data: event.data };
    }
    throw new Error('A handover that was not refused begins with its request.');
  }

  /** What became of the newest acceptance of this offer. */
  private async earlier(handoverId: string, offerId: string): Promise<ReturnType<typeof confirmationOf>> {
    let requestId = '';
    for await (const stored of this.store.readStream(handoverStream(handoverId))) {
      const event = domainEvent(stored);
      if (event?.type === 'OfferAccepted' && event.data.offerId === offerId) requestId = stored.id;
    }
    return confirmationOf(offerId, requestId);
  }
}

const isConfirmed = (events: readonly StoredEvent[], offerId: string): boolean =>
  events.some((event) => {
    const reply = replyIn(event);
    return reply?.type === 'AppointmentConfirmed' && reply.data.offerId === offerId;
  });

import {
  type ConfirmSlot,
  type OffersHeld,
  type RequestSlots,
  type SlotTerms,
  streams,
  topics,
} from '@handover/contracts';
import {
  aConfirmationRefused,
  aNoSlotFound,
  anAppointmentConfirmed,
  anOffersHeld,
} from '@handover/intake/testing';
import { type Json, idFrom, toIso } from '@handover/kernel';
import {
  type BusConsumer,
  type CloudEvent,
  type Platform,
  type ReceivedMessage,
  fromBusMessage,
  toBusMessage,
} from '@handover/platform';

/** What the fake answers to a request for times, and to an acceptance. `nothing`: it is down. */
export type Offering = 'offers' | 'no-slot' | 'nothing';
export type Confirming = 'confirm' | 'hold-expired' | 'unknown-offer' | 'nothing';

/**
 * A reservation without capacity: it answers every command with an event in the log and on the bus, as the real one
 * does, and remembers what it was told.
 */
export class FakeReservation {
  offering: Offering = 'offers';
  confirming: Confirming = 'confirm';
  /** Publish what is answered; false: the answer is only in the log. */
  speaks = true;
  readonly told: CloudEvent[] = [];
  private readonly confirmed = new Set<string>();
  private consumer: BusConsumer | undefined;

  constructor(private readonly platform: Platform) {}

  async start(): Promise<void> {
    this.consumer = this.platform.bus.subscribe({
      group: 'handover-reservation',
      topics: [topics.slotCommands],
      handler: (message) => this.take(message),
    });
    await this.consumer.ready;
  }

  stop(): Promise<void> {
    return this.consumer?.stop() ?? Promise.resolve();
  }

  /** Appends an event about a handover to the slot book, and publishes it. */
  async say(type: string, data: { readonly handoverId: string }, cause: string): Promise<void> {
    const { store, bus, clock } = this.platform;
    const id = idFrom(cause, type);
    const { handoverId } = data;
    const metadata = {
      correlationId: handoverId,
      causationId: cause,
      schemaVersion: 1,
      recordedAt: toIso(clock.now()),
    };
    const stream = streams.slotBook('technical', '2026-11-23');
    await store.append(stream, [{ id, type, data: data as unknown as Json, metadata }], 'any');
    const extensions = { correlationid: handoverId, causationid: cause };
    const event = { id, type, source: '/handover/reservation', subject: handoverId, extensions, data };
    if (this.speaks)
      await bus.publish([toBusMessage(event, { topic: topics.appointmentEvents, key: handoverId })]);
  }

  private async take(message: ReceivedMessage): Promise<void> {
    const command = fromBusMessage(message);
    this.told.push(command);
    if (command.type === 'slots.request') await this.offer(command.data as RequestSlots);
    if (command.type === 'slots.confirm') await this.confirm(command.data as ConfirmSlot);
  }

  private async offer(request: RequestSlots): Promise<void> {
    const { requestId, handoverId, pool } = request;
    if (this.offering === 'no-slot')
      await this.say('NoSlotFound', aNoSlotFound({ requestId, handoverId, pool }), requestId);
    if (this.offering !== 'offers') return;
    const held = anOffersHeld({ ...termsOf(request), requestId });
    const offers = held.offers.map((offer) => ({ ...offer, offerId: `${offer.offerId}-of-${handoverId}` }));
    const data: OffersHeld = { ...held, offers };
    await this.say('OffersHeld', data, requestId);
  }

  private async confirm({ requestId, handoverId, pool, offerId }: ConfirmSlot): Promise<void> {
    if (this.confirming === 'nothing' || this.confirmed.has(offerId)) return;
    const of = { requestId, handoverId, pool, offerId };
    if (this.confirming === 'confirm') {
      this.confirmed.add(offerId);
      const appointmentId = idFrom('appointment', offerId);
      return this.say('AppointmentConfirmed', anAppointmentConfirmed({ ...of, appointmentId }), requestId);
    }
    const fresh = this.confirming === 'hold-expired' ? anOffersHeld({ requestId, handoverId }) : undefined;
    if (fresh) await this.say('OffersHeld', fresh, requestId);
    const refusal = {
      ...of,
      refused: this.confirming,
      offers: fresh?.offers ?? [],
      holdUntil: fresh?.holdUntil,
    };
    await this.say('ConfirmationRefused', aConfirmationRefused(refusal), requestId);
  }
}

const termsOf = ({
  requestId: _,
  occurredAt: __,
  opportunityExpiresAt: ___,
  ...terms
}: RequestSlots): SlotTerms => ({
  ...terms,
  handleSeconds: 360,
});

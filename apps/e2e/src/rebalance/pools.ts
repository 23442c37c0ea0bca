import { type CapacityProjected, streams, topics } from '@handover/contracts';
import { type Json, idFrom, minuteMs, toIso } from '@handover/kernel';
import { type Bus, type EventStore, toBusMessage } from '@handover/platform';
import { aProjection, aRequest, aRow } from '@handover/reservation/testing';
import { type Logged, ofType } from '../chaos/log.js';

const cellMs = 5 * minuteMs;

/** Several pools as their slot books hear of them: capacity, callers who ask, callers who take a time. */
export class Pools {
  readonly names = Array.from({ length: 8 }, (_, index) => `pool${index}`);
  readonly requests: string[] = [];
  readonly confirmations = new Set<string>();
  private readonly versions = new Map<string, number>();
  private stopped = false;
  private working: Promise<void> = Promise.resolve();

  constructor(
    private readonly bus: Bus,
    private readonly store: EventStore,
    private readonly log: () => readonly Logged[],
  ) {}

  /** Stores a projection and tells the slot book, as capacity's relay does. */
  async project(pool: string, agents: number): Promise<void> {
    const version = (this.versions.get(pool) ?? 0) + 1;
    this.versions.set(pool, version);
    const from = toIso(Math.floor(Date.now() / cellMs) * cellMs);
    const settings = { callingHours: { from: '00:00', to: '00:00' } };
    const data: CapacityProjected = {
      ...aProjection({ version, settings, rows: [aRow(agents, { from, hours: 6 })] }),
      pool,
      occurredAt: toIso(Date.now()),
    };
    const metadata = { correlationId: pool, causationId: 'test', schemaVersion: 1 };
    const id = idFrom('projection', pool, version);
    const event = { id, type: 'CapacityProjected', data: data as unknown as Json, metadata };
    await this.store.append(streams.pool(pool), [event], 'any');
    await this.publish('slots.apply-capacity', id, data);
  }

  /** From now on callers ask and take what they are offered, one after the other. */
  begin(): void {
    this.working = this.work();
  }

  /** Nobody asks any more; resolves when all that was asked is sent. */
  async end(): Promise<void> {
    this.stopped = true;
    await this.working;
    await this.takeOffers();
  }

  /** What still has no answer in the log. */
  unanswered(): readonly string[] {
    const log = this.log();
    const answered = new Set(
      [
        ...ofType(log, 'OffersHeld'),
        ...ofType(log, 'NoSlotFound'),
        ...ofType(log, 'AppointmentConfirmed'),
        ...ofType(log, 'ConfirmationRefused'),
      ].map(({ data }) => data.requestId),
    );
    return [...this.requests, ...this.confirmations].filter((id) => !answered.has(id));
  }

  private async work(): Promise<void> {
    for (let round = 0; !this.stopped; round += 1) {
      for (const pool of this.names) await this.ask(pool);
      if (round % 5 === 4) await this.takeOffers();
      // Every other time an agent goes home, and comes back.
      if (round % 20 === 19)
        for (const pool of this.names) await this.project(pool, round % 40 === 39 ? 3 : 1);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  private async ask(pool: string): Promise<void> {
    const requestId = `request-${this.requests.length}`;
    this.requests.push(requestId);
    const handoverId = `handover-${requestId}`;
    const occurredAt = toIso(Date.now());
    const given = { requestId, handoverId, pool, subjectId: requestId, occurredAt };
    await this.publish('slots.request', requestId, aRequest(given));
  }

  /** Every offer set that was not answered yet: its first time is taken; what is said is said twice now and then. */
  private async takeOffers(): Promise<void> {
    for (const { data } of ofType(this.log(), 'OffersHeld')) {
      const { handoverId, pool, offers, requestId } = data;
      const confirmation = `confirm-${requestId}`;
      const offerId = offers[0]?.offerId;
      if (!requestId.startsWith('request-') || !offerId || this.confirmations.has(confirmation)) continue;
      this.confirmations.add(confirmation);
      const said = { requestId: confirmation, handoverId, pool, offerId, occurredAt: toIso(Date.now()) };
      await this.publish('slots.confirm', confirmation, said);
      if (this.confirmations.size % 5 === 0) await this.publish('slots.confirm', confirmation, said);
    }
  }

  private async publish(type: string, id: string, data: { readonly pool: string }): Promise<void> {
    const event = { id, source: 'rebalance-test', type, extensions: { correlationid: data.pool }, data };
    await this.bus.publish([toBusMessage(event, { topic: topics.slotCommands, key: data.pool })]);
  }
}

import { PoolDesk } from '@handover/app-reservation';
import { type CapacityProjected, type OffersHeld, streams } from '@handover/contracts';
import { type Clock, type Json, idFrom, randomIds, toIso } from '@handover/kernel';
import { type EventStore, machineWall, sqliteEventStore } from '@handover/platform';
import { type SlotCommand } from '@handover/reservation';
import * as words from '@handover/words';
import { type Reservations } from '../reservation-durable.js';

const pool = 'bench';
const begin = Date.UTC(2026, 10, 23, 7);
const cellMs = 300_000;
const cells = 156;

/** A working day of many agents, so that nobody is refused while it is measured. */
const projection: CapacityProjected = {
  pool,
  version: 1,
  full: true,
  settings: { timeZone: 'Europe/Zurich', handleSeconds: 300, leadMinutes: 0, horizonHours: 14, holdShare: 1 },
  rows: Array.from({ length: 16 }, (_, index) => ({
    group: `skill-${index}@evening`,
    skills: [`skill-${index}`, 'callback'],
    until: toIso(begin + cells * cellMs),
    from: toIso(begin),
    cells: new Array<number>(cells).fill(10_000),
  })),
  handleTimes: [],
  occurredAt: toIso(begin),
};

/** The slot book as the service runs it: times searched, sentences composed, events of full size, one writer of the pool. */
export class Service implements Reservations {
  private count = 0;

  private constructor(
    private readonly desk: PoolDesk,
    private readonly store: EventStore,
  ) {}

  static async open(file: string): Promise<Service> {
    const clock: Clock = { now: () => begin, at: () => () => undefined };
    const store = sqliteEventStore({ file, clock });
    const metadata = { correlationId: pool, causationId: 'bench', schemaVersion: 1 };
    const event = {
      id: idFrom('bench', 1),
      type: 'CapacityProjected',
      data: projection as unknown as Json,
      metadata,
    };
    await store.append(streams.pool(pool), [event], 'none');
    const parts = { store, clock, wall: machineWall, ids: randomIds, speech: words, owner: 'bench' };
    const desk = new PoolDesk(pool, parts, (fault) => {
      throw fault;
    });
    return new Service(desk, store);
  }

  async holdAndConfirm(): Promise<void> {
    const id = `${++this.count}`;
    const handoverId = `handover-${id}`;
    const request: SlotCommand = {
      type: 'slots.request',
      data: {
        requestId: `request-${id}`,
        handoverId,
        pool,
        skills: [`skill-${this.count % 16}`],
        subjectId: `subject-${id}`,
        issueType: 'invoice',
        urgency: 'normal',
        language: 'en',
        timeZone: 'Europe/Zurich',
        occurredAt: toIso(begin),
      },
    };
    const held = await this.desk.handle(request, { id: `request-${id}`, correlationId: handoverId });
    const [offers] = held.flatMap(({ event }): OffersHeld[] =>
      event.type === 'OffersHeld' ? [event.data] : [],
    );
    const offerId = offers?.offers[0]?.offerId;
    if (!offerId) throw new Error(`Handover ${handoverId} was given no offers`);
    const data = { requestId: `confirm-${id}`, handoverId, pool, offerId, occurredAt: toIso(begin) };
    await this.desk.handle(
      { type: 'slots.confirm', data },
      { id: `confirm-${id}`, correlationId: handoverId },
    );
  }

  async close(): Promise<void> {
    await this.desk.stop();
    await this.store.close();
  }
}

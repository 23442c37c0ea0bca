import { type Json, idFrom, seededRandom, toIso } from '@handover/kernel';
import { type EventStore, type NewEvent, sqliteEventStore } from '@handover/platform';
import { type CapacityEngine, type Demand, createEngine } from '@handover/reservation';
import { type Reservations } from '../reservation-durable.js';
import { Callers, dayOf } from '../reservation-scenario.js';

const begin = Date.UTC(2026, 10, 23, 8);
const stream = 'slotbook-bench-2026-11-23';

/**
 * The least that is sound: the engine decides, each decision is an event in the log before it is answered, and what was
 * decided while the disk was busy is appended together, as the slot book's writer does.
 */
export class EngineAndLog implements Reservations {
  private waiting: {
    readonly event: NewEvent;
    readonly resolve: () => void;
    readonly reject: (fault: unknown) => void;
  }[] = [];
  private writing: Promise<void> | undefined;
  private revision: number | 'none' = 'none';

  private constructor(
    private readonly engine: CapacityEngine,
    private readonly callers: Callers,
    private readonly store: EventStore,
  ) {}

  static async open(file: string): Promise<EngineAndLog> {
    const rows = dayOf({ agents: 100_000, groups: 256, skills: 50, cells: 288 });
    const engine = createEngine();
    engine.applyCapacity(rows, true);
    const clock = { now: () => begin, at: () => () => undefined };
    return new EngineAndLog(engine, new Callers(rows, seededRandom(1)), sqliteEventStore({ file, clock }));
  }

  async holdAndConfirm(): Promise<void> {
    const demand = this.callers.next();
    const admission = this.engine.admit(demand);
    if (!admission) throw new Error(`${demand.id} found no place: the pool is too small for this bench`);
    await this.append('OffersHeld', demand, admission.group);
    await this.append('AppointmentConfirmed', demand, this.engine.groupOf(demand.id) ?? '');
  }

  async close(): Promise<void> {
    await this.writing;
    await this.store.close();
  }

  private append(type: string, demand: Demand, group: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ event: eventOf(type, demand, group), resolve, reject });
      this.writing ??= this.write();
    });
  }

  private async write(): Promise<void> {
    while (this.waiting.length > 0) {
      const batch = this.waiting;
      this.waiting = [];
      try {
        const events = batch.map(({ event }) => event);
        ({ revision: this.revision } = await this.store.append(stream, events, this.revision));
        for (const { resolve } of batch) resolve();
      } catch (fault) {
        for (const { reject } of batch) reject(fault);
      }
      // Those who have their answer ask again before the next batch is closed.
      await new Promise(setImmediate);
    }
    this.writing = undefined;
  }
}

function eventOf(type: string, { id, skills, firstCell, cells }: Demand, group: string): NewEvent {
  const data: Json = {
    handoverId: `handover-${id}`,
    pool: 'bench',
    offerId: id,
    skills: [...skills],
    start: toIso(begin + firstCell * 300_000),
    handleSeconds: cells * 300,
    group,
    capacityVersion: 1,
    occurredAt: toIso(begin),
  };
  const metadata = { correlationId: `handover-${id}`, causationId: id, schemaVersion: 1 };
  return { id: idFrom(type, id), type, data, metadata };
}

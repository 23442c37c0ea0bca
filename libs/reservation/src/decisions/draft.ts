import { type AppointmentEvent } from '@handover/contracts';
import { type Instant, type LocalDate, idFrom, localDate } from '@handover/kernel';
import { type Pool, record } from '../pool.js';
import { type Entry } from '../slot-book.js';

/**
 * Decisions in the making. What is written takes effect in the pool's memory at once, so that the next decision sees
 * it; `entries` are stored afterwards, in this order.
 */
export class Draft {
  readonly entries: Entry[] = [];

  constructor(
    readonly pool: Pool,
    readonly now: Instant,
  ) {}

  /** @param identity with the type and the pool, what makes this fact the same fact when it is decided again */
  write(day: LocalDate, event: AppointmentEvent, ...identity: readonly (string | number)[]): void {
    const entry: Entry = { day, id: idFrom(event.type, this.pool.id, ...identity), event };
    record(this.pool, entry);
    this.entries.push(entry);
  }

  /** The book of the present day, for answers that concern no time. */
  get today(): LocalDate {
    return localDate(this.now, this.pool.capacity?.settings.timeZone ?? 'UTC');
  }
}

import { type AppointmentEvent, type CapacityProjected, type Offer } from '@handover/contracts';
import { type Instant, fromIso, inZone } from '@handover/kernel';
import { type SlotCommand, decide, settle } from '../decide.js';
import { type Pool, openPool } from '../pool.js';
import { type Entry } from '../slot-book.js';
import { type Speech } from '../speech.js';
import { type AProjection, justBefore, plainSpeech, project, zurich } from './builders.js';

type Type = AppointmentEvent['type'];
type Data = { [E in AppointmentEvent as E['type']]: E['data'] };
type DataOf<T extends Type> = Data[T];

/** A pool and its log, told as a story: given what is stored, when something is asked, then these events follow. */
export class Story {
  readonly log: Entry[] = [];
  readonly projections: CapacityProjected[] = [];
  pool: Pool;

  constructor(
    public now: Instant = justBefore,
    private readonly speech: Speech = plainSpeech,
  ) {
    this.pool = openPool({ id: 'care', entries: [], projections: [] }, speech, now).pool;
  }

  /** Decides, stores, and gives what followed. */
  when(...commands: readonly SlotCommand[]): readonly AppointmentEvent[] {
    return commands.flatMap((command) => {
      if (command.type === 'slots.apply-capacity') this.projections.push(command.data);
      return this.store(decide(this.pool, command, this.now));
    });
  }

  /** The process ends, and another one opens the pool from what is stored. Gives what it had to finish. */
  reopen(): readonly AppointmentEvent[] {
    const { pool, unplaced } = openPool(
      { id: 'care', entries: this.log, projections: this.projections },
      this.speech,
      this.now,
    );
    this.pool = pool;
    return this.store(settle(pool, unplaced, this.now));
  }

  wait(spanMs: number): this {
    this.now += spanMs;
    return this;
  }

  store(entries: readonly Entry[]): readonly AppointmentEvent[] {
    this.log.push(...entries);
    return entries.map(({ event }) => event);
  }

  /** Every stored event of a type. */
  all<T extends Type>(type: T): readonly DataOf<T>[] {
    return of(
      this.log.map(({ event }) => event),
      type,
    );
  }

  /** The newest offers of a handover. */
  offersOf(handoverId = 'h1'): readonly Offer[] {
    return this.all('OffersHeld').findLast((held) => held.handoverId === handoverId)?.offers ?? [];
  }

  /** The nth newest offer. @throws Error if there is none */
  offer(handoverId = 'h1', index = 0): Offer {
    const offer = this.offersOf(handoverId)[index];
    if (!offer) throw new Error(`${handoverId} has no offer ${index}`);
    return offer;
  }
}

const isOf =
  <T extends Type>(type: T) =>
  (event: AppointmentEvent): event is AppointmentEvent & { type: T; data: Data[T] } =>
    event.type === type;

/** The data of the events of a type. */
export const of = <T extends Type>(events: readonly AppointmentEvent[], type: T): readonly DataOf<T>[] =>
  events.filter(isOf(type)).map(({ data }) => data);

export const typesOf = (events: readonly AppointmentEvent[]): readonly Type[] =>
  events.map(({ type }) => type);

/** A story that begins with this capacity. */
export function opened(given: AProjection = {}): Story {
  const story = new Story();
  story.when(project(given));
  return story;
}

/** The newest offers of a handover as Zurich's wall clock shows them. */
export const startsOf = (story: Story, handoverId = 'h1'): string[] =>
  story
    .offersOf(handoverId)
    .map(({ start }) => inZone(fromIso(start), zurich).toPlainTime().toString().slice(0, 5));

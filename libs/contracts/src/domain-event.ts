import { eventClasses } from './messages.js';
import { type VersionedEvent, upcast } from './upcasting/index.js';

type Classes = Readonly<Record<string, new () => object>>;
type EventOf<Table> = Table extends Classes
  ? { [Type in keyof Table]: { readonly type: Type; readonly data: InstanceType<Table[Type]> } }[keyof Table]
  : never;

/** The events of one category of stream, told apart by `type`. */
export type ConversationEvent = EventOf<(typeof eventClasses)['conversation']>;
export type HandoverEvent = EventOf<(typeof eventClasses)['handover']>;
export type CapacityEvent = EventOf<(typeof eventClasses)['capacity']>;
export type AppointmentEvent = EventOf<(typeof eventClasses)['appointment']>;
export type CallbackEvent = EventOf<(typeof eventClasses)['callback']>;
export type SurveyEvent = EventOf<(typeof eventClasses)['survey']>;

/** Any event that the log may hold, told apart by `type`. */
export type DomainEvent = EventOf<(typeof eventClasses)[keyof typeof eventClasses]>;

const known: ReadonlySet<string> = new Set(
  Object.values(eventClasses).flatMap((table) => Object.keys(table)),
);

const isDomainEvent = (event: VersionedEvent): event is DomainEvent => known.has(event.type);

/**
 * A stored event with the type of its data, in the current version whatever version it was stored in; undefined if this
 * release does not know the type. Nothing else is looked at: what is in the log was validated before it was written.
 * @throws UnknownEventVersion if a newer release wrote it
 */
export function domainEvent(stored: VersionedEvent): DomainEvent | undefined {
  const event = upcast(stored);
  return isDomainEvent(event) ? event : undefined;
}

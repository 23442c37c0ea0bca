import { type ContextAmended, type HandoverRequested } from './events.js';
import { domainEvent } from '../domain-event.js';
import { type VersionedEvent } from '../upcasting/index.js';

/** What is known of a handover now: the request with every later amendment, and the number that the caller wants. */
export type HandoverContext = HandoverRequested;

const without = <Part extends object>(part: Part, fields: readonly string[]): Part => {
  const rest = { ...part };
  for (const field of fields) Reflect.deleteProperty(rest, field);
  return rest;
};

const amended = (context: HandoverContext, amendment: ContextAmended): HandoverContext => {
  const { occurredAt: _, personal, removed = [], ...given } = amendment;
  const inPersonal = removed.flatMap((path) => (path.startsWith('personal.') ? [path.slice(9)] : []));
  return {
    ...without(context, removed),
    ...given,
    personal: { ...without(context.personal, inPersonal), ...personal },
  };
};

/**
 * The context after one more event of `handover-<id>`; undefined until the handover was requested.
 * Events that say nothing about the context change nothing, so any history of the handover may be folded.
 */
export function evolveContext(
  context: HandoverContext | undefined,
  stored: VersionedEvent,
): HandoverContext | undefined {
  const event = domainEvent(stored);
  if (event?.type === 'HandoverRequested') return event.data;
  if (!context) return undefined;
  if (event?.type === 'ContextAmended') return amended(context, event.data);
  if (event?.type === 'OfferAccepted' && event.data.personal)
    return { ...context, personal: { ...context.personal, ...event.data.personal } };
  return context;
}

/** The context that these events of a handover, in order, add up to. */
export function foldContext(events: Iterable<VersionedEvent>): HandoverContext | undefined {
  let context: HandoverContext | undefined;
  for (const event of events) context = evolveContext(context, event);
  return context;
}

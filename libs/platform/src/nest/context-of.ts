import { type ReceivedMessage } from '../bus/port.js';
import { type CloudEvent } from '../cloud-events/cloud-event.js';
import { isTraceparent } from '../tracing/traceparent.js';
import { MessageContext } from './message-context.js';

/** The context that a message's handlers get, with the cause for the write path. */
export function contextOf(event: CloudEvent, message: ReceivedMessage): MessageContext {
  const { id, type, source, time, subject, extensions } = event;
  const { correlationid, traceparent } = extensions;
  const cause = {
    id: `${source}/${id}`,
    correlationId: correlationid ?? subject ?? message.key,
    ...(isTraceparent(traceparent) && { traceparent }),
  };
  return new MessageContext(id, type, source, time, subject, cause, message);
}

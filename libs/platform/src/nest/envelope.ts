import { MessageFault } from '../bus/faults.js';
import { type ReceivedMessage } from '../bus/port.js';
import { deepestJson, isDeeperThan } from '../json/depth.js';
import { isTraceparent } from '../tracing/traceparent.js';
import { MessageContext } from './message-context.js';

export interface Envelope {
  readonly data: unknown;
  readonly context: MessageContext;
}

/** Reads a message as a CloudEvent. @throws MessageFault if it is none, or its value is not JSON */
export function envelopeOf(message: ReceivedMessage): Envelope {
  const { headers } = message;
  const { ce_id: id, ce_type: type, ce_source: source } = headers;
  if (!id || !type || !source)
    throw new MessageFault('Not a CloudEvent: ce_id, ce_type or ce_source is missing.');
  const subject = headers['ce_subject'];
  const traceparent = headers['ce_traceparent'];
  const cause = {
    id: `${source}/${id}`,
    correlationId: headers['ce_correlationid'] ?? subject ?? message.key,
    ...(isTraceparent(traceparent) && { traceparent }),
  };
  const context = new MessageContext(id, type, source, headers['ce_time'], subject, cause, message);
  return { data: parsed(message.value), context };
}

function parsed(value: Buffer | null): unknown {
  if (value === null) return null;
  if (isDeeperThan(value, deepestJson)) throw new MessageFault(`The value nests deeper than ${deepestJson}.`);
  try {
    return JSON.parse(value.toString('utf8'));
  } catch {
    throw new MessageFault('The value is not JSON.');
  }
}

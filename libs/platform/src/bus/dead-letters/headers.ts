import { nameOf, type Parking } from '../consuming/settle.js';
import { MessageFault } from '../faults.js';
import { type BusMessage, type LoggedMessage } from '../port.js';

/** Where a group's dead letters of a topic go. */
export const deadLetterTopic = (topic: string, group: string): string => `${topic}.${group}.dlq`;

/** Why a message was parked, without personal data: only a `MessageFault` may speak for itself. */
function reasonOf(parking: Parking): { errorClass: string; reason: string } {
  if ('behind' in parking)
    return { errorClass: 'Parked', reason: 'waits behind a parked message of the same key' };
  const { error } = parking;
  if (!(error instanceof MessageFault))
    return { errorClass: nameOf(error), reason: `failed ${parking.attempts} times` };
  const violations = error.violations.map(({ field, rule }) => `${field}: ${rule}`).join('; ');
  return { errorClass: error.name, reason: violations ? `${error.reason} (${violations})` : error.reason };
}

/** The message as its dead letter: original key, value and headers, in the same partition, and why. */
export function deadLetter(message: LoggedMessage, group: string, parking: Parking): BusMessage {
  const { errorClass, reason } = reasonOf(parking);
  return {
    topic: deadLetterTopic(message.topic, group),
    partition: message.partition,
    key: message.key,
    value: message.value,
    ...(message.original && { original: message.original }),
    headers: {
      ...message.headers,
      'dlq-topic': message.topic,
      'dlq-partition': String(message.partition),
      'dlq-offset': message.offset,
      'dlq-group': group,
      'dlq-attempts': String(parking.attempts),
      'dlq-error-class': errorClass,
      'dlq-reason': reason.slice(0, 1_000),
    },
  };
}

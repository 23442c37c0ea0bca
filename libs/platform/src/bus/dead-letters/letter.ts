import { nameOf, type Parking } from '../consuming/settle.js';
import { MessageFault } from '../faults.js';
import { type BusMessage, type LoggedMessage } from '../port.js';

/** Where a group's dead letters of a topic go. */
export const deadLetterTopic = (topic: string, group: string): string => `${topic}.${group}.dlq`;

/** What a record of a dead-letter topic says about its key. Records of one key take effect in their order. */
type Action =
  /** A message was put aside; key, value and headers are the original's. */
  | 'parked'
  /** Someone asks the group to handle the key's letters again. */
  | 'redrive'
  /** The group has handled the key's letters up to `through`. */
  | 'redriven'
  /** … up to `through`; the next one failed again. */
  | 'redrive-failed'
  /** Someone gave up the key's letters up to `through`. */
  | 'discarded';

/** A record that is no letter itself: what was asked or done, and by whom. These records are the audit trail. */
export interface Note {
  readonly action: Exclude<Action, 'parked'>;
  readonly by: string;
  readonly why?: string;
  /** Last dead-letter offset of the key that it speaks of. */
  readonly through?: number;
  /** Offset of the redrive that it answers. */
  readonly request?: number;
}

/** Why a message was parked, without personal data: only a `MessageFault` may speak for itself. */
export function reasonOf(parking: Parking): { errorClass: string; reason: string } {
  if ('behind' in parking)
    return { errorClass: 'Parked', reason: 'waits behind a parked message of the same key' };
  const { error, attempts } = parking;
  if (!(error instanceof MessageFault))
    return { errorClass: nameOf(error), reason: `failed ${attempts} times, last with ${nameOf(error)}` };
  const violations = error.violations.map(({ field, rule }) => `${field}: ${rule}`).join('; ');
  return { errorClass: error.name, reason: violations ? `${error.reason} (${violations})` : error.reason };
}

/** The message as its dead letter: original key, value and headers, in the same partition, and why. */
export function deadLetter(message: LoggedMessage, group: string, parking: Parking): BusMessage {
  const { topic, partition, key, value, headers, offset, original } = message;
  const { errorClass, reason } = reasonOf(parking);
  return {
    topic: deadLetterTopic(topic, group),
    partition,
    key,
    value,
    ...(original && { original }),
    headers: {
      ...headers,
      'dlq-action': 'parked',
      'dlq-topic': topic,
      'dlq-partition': String(partition),
      'dlq-offset': offset,
      'dlq-group': group,
      'dlq-attempts': String(parking.attempts),
      'dlq-error-class': errorClass,
      'dlq-reason': reason.slice(0, 1_000),
    },
  };
}

const isOurs = (header: string): boolean => header.startsWith('dlq-');

const withoutOurs = <Value>(headers: Readonly<Record<string, Value>>): Record<string, Value> =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => !isOurs(name)));

/** The message that a dead letter was, in its first place. */
export function originalOf(letter: LoggedMessage): LoggedMessage {
  const { headers, original, ...rest } = letter;
  return {
    ...rest,
    topic: headers['dlq-topic'] ?? letter.topic,
    offset: headers['dlq-offset'] ?? letter.offset,
    headers: withoutOurs(headers),
    ...(original && { original: { key: original.key, headers: withoutOurs(original.headers) } }),
  };
}

/** A note as a record beside the letters of its key. */
export function noteMessage(topic: string, partition: number, key: string, note: Note): BusMessage {
  return {
    topic,
    partition,
    key,
    value: null,
    headers: {
      'dlq-action': note.action,
      'dlq-by': note.by,
      ...(note.why !== undefined && { 'dlq-why': note.why }),
      ...(note.through !== undefined && { 'dlq-through': String(note.through) }),
      ...(note.request !== undefined && { 'dlq-request': String(note.request) }),
    },
  };
}

const isNoteAction = (action: string | undefined): action is Note['action'] =>
  action === 'redrive' || action === 'redriven' || action === 'redrive-failed' || action === 'discarded';

/** The note that a record is; undefined if it is a letter. */
export function noteOf({ headers }: LoggedMessage): Note | undefined {
  const action = headers['dlq-action'];
  if (!isNoteAction(action)) return undefined;
  const { 'dlq-why': why, 'dlq-through': through, 'dlq-request': request } = headers;
  return {
    action,
    by: headers['dlq-by'] ?? 'unknown',
    ...(why !== undefined && { why }),
    ...(through !== undefined && { through: Number(through) }),
    ...(request !== undefined && { request: Number(request) }),
  };
}

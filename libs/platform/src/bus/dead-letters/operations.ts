import { NothingParked } from '../faults.js';
import { type Bus, type LoggedMessage } from '../port.js';
import { Ledger, type ParkedKey } from './ledger.js';
import { deadLetterTopic, type Note, noteMessage, noteOf, originalOf } from './letter.js';

/** The dead letters that one group has of one topic. */
export interface DeadLetterQueue {
  readonly topic: string;
  readonly group: string;
}

/** A dead letter as it lies there: what the message was, and why it was parked. */
export interface DeadLetter {
  readonly offset: number;
  readonly original: LoggedMessage;
  readonly attempts: number;
  readonly errorClass: string;
  readonly reason: string;
}

/** Who acts, and why: kept with the dead letters for ever. */
export interface Authority {
  readonly by: string;
  readonly why: string;
}

export interface KeySelection {
  readonly partition: number;
  readonly key: string;
  /** Only the letters up to this dead-letter offset; default: all of the key. For `discard`. */
  readonly through?: number;
}

/** One entry of the audit trail. */
export interface AuditEntry extends Note {
  readonly partition: number;
  readonly key: string;
  readonly offset: number;
  readonly at: number;
}

/** Every record of the queue, partition by partition, in order. */
async function* records(bus: Bus, { topic, group }: DeadLetterQueue): AsyncIterable<LoggedMessage> {
  const name = deadLetterTopic(topic, group);
  for (const { partition, begin, end } of await bus.offsets(name))
    if (begin !== end) yield* bus.browse(name, { partition });
}

async function ledgerOf(bus: Bus, queue: DeadLetterQueue): Promise<Ledger> {
  const ledger = new Ledger();
  for await (const record of records(bus, queue)) ledger.fold(record);
  return ledger;
}

/** The queues that exist, with or without letters in them. */
export async function listQueues(bus: Bus): Promise<DeadLetterQueue[]> {
  const names = await bus.topics();
  const known = new Set(names);
  return names.flatMap((name) => {
    if (!name.endsWith('.dlq')) return [];
    const path = name.slice(0, -'.dlq'.length).split('.');
    for (let at = path.length - 1; at > 0; at -= 1) {
      const topic = path.slice(0, at).join('.');
      if (known.has(topic)) return [{ topic, group: path.slice(at).join('.') }];
    }
    return [];
  });
}

/** Keys with letters, those that wait longest first. */
export async function listParked(bus: Bus, queue: DeadLetterQueue): Promise<readonly ParkedKey[]> {
  const since = ({ letters }: ParkedKey): number => [...letters.values()][0]?.since ?? 0;
  return [...(await ledgerOf(bus, queue)).all()].sort((one, other) => since(one) - since(other));
}

/** One dead letter whole; undefined if there is none at that place. */
export async function showDeadLetter(
  bus: Bus,
  { topic, group }: DeadLetterQueue,
  partition: number,
  offset: number,
): Promise<DeadLetter | undefined> {
  const place = { partition, from: String(offset), to: String(offset) };
  for await (const record of bus.browse(deadLetterTopic(topic, group), place)) {
    const { headers } = record;
    if (headers['dlq-action'] !== 'parked') return undefined;
    return {
      offset,
      original: originalOf(record),
      attempts: Number(headers['dlq-attempts']),
      errorClass: headers['dlq-error-class'] ?? 'unknown',
      reason: headers['dlq-reason'] ?? 'unknown',
    };
  }
  return undefined;
}

/** What was asked and done, oldest first per partition. */
export async function* auditTrail(bus: Bus, queue: DeadLetterQueue): AsyncIterable<AuditEntry> {
  for await (const record of records(bus, queue)) {
    const { partition, key, offset, timestamp: at } = record;
    const note = noteOf(record);
    if (note) yield { ...note, partition, key, offset: Number(offset), at };
  }
}

/**
 * Asks the group to handle the parked messages of these keys again, in order, before any later message of the key.
 * The member that owns the partition does it, now or when it next runs; the original bytes are handled again, no
 * other group sees them. `listParked` tells how far it is: a key is gone when all its letters are handled.
 * @throws NothingParked if a key has no letters
 */
export async function redriveKeys(
  bus: Bus,
  queue: DeadLetterQueue,
  keys: readonly KeySelection[],
  authority: Authority,
): Promise<void> {
  await noteAll(bus, queue, keys, () => ({ action: 'redrive', ...authority }));
}

/**
 * Gives up the parked messages of these keys (all, or the first ones up to `through`): they stay readable in the
 * dead-letter topic, but will not be handled. A key without letters left flows again.
 * @throws NothingParked if a key has no letters
 */
export async function discardLetters(
  bus: Bus,
  queue: DeadLetterQueue,
  keys: readonly KeySelection[],
  authority: Authority,
): Promise<void> {
  await noteAll(bus, queue, keys, ({ letters }, through) => ({
    action: 'discarded',
    through: through ?? [...letters.values()].at(-1)?.offset ?? -1,
    ...authority,
  }));
}

async function noteAll(
  bus: Bus,
  queue: DeadLetterQueue,
  keys: readonly KeySelection[],
  noteFor: (parked: ParkedKey, through?: number) => Note,
): Promise<void> {
  const ledger = await ledgerOf(bus, queue);
  const name = deadLetterTopic(queue.topic, queue.group);
  const notes = keys.map(({ partition, key, through }) => {
    const parked = ledger.get(partition, key);
    if (!parked) throw new NothingParked(name, partition);
    return noteMessage(name, partition, key, noteFor(parked, through));
  });
  await bus.publish(notes);
}

import { ConsumerMember } from '../consuming/member.js';
import { BusUnavailable } from '../faults.js';
import { type BrowseOptions, type Bus, type LoggedMessage } from '../port.js';
import { KafkaConsumer, type KafkaConsumerParts } from './consumer.js';

/** A fetch takes a moment; a partition that gives nothing for so long has lost what it promised to hold. */
const silenceAtMostMs = 15_000;

/** Reads from one offset to another as an ephemeral consumer that takes one message at a time. */
export async function* browse(
  bus: Bus,
  parts: Omit<KafkaConsumerParts, 'member' | 'options'>,
  topic: string,
  { partition, from = '0', to }: BrowseOptions,
): AsyncIterable<LoggedMessage> {
  const reach = (await bus.offsets(topic))[partition];
  const first = Math.max(Number(from), Number(reach?.begin ?? 0));
  const last = Math.min(Number(to ?? Infinity), Number(reach?.end ?? 0) - 1);
  if (first > last) return;
  const hand = new Hand();
  const options = {
    group: 'handover.browse',
    topics: [topic],
    ephemeral: true,
    maxInFlight: 1,
    handler: (message: LoggedMessage) => hand.give(message),
  };
  const member = new ConsumerMember(bus, options, parts.log);
  const consumer = new KafkaConsumer({ ...parts, member, options, place: { partition, from: first } });
  try {
    for (;;) {
      const message = await hand.take();
      if (Number(message.offset) <= last) yield message;
      if (Number(message.offset) >= last) return;
    }
  } finally {
    hand.close();
    await consumer.stop();
  }
}

/** Passes messages from one side to the other, one at a time. */
class Hand {
  private offered = Promise.withResolvers<LoggedMessage>();
  private taken = Promise.withResolvers<void>();
  private closed = false;

  /** Resolves when the message was taken and the next is wanted. */
  async give(message: LoggedMessage): Promise<void> {
    if (this.closed) return;
    this.offered.resolve(message);
    await this.taken.promise;
  }

  /** The next message. @throws BusUnavailable if none comes */
  async take(): Promise<LoggedMessage> {
    this.taken.resolve();
    this.taken = Promise.withResolvers();
    return this.within();
  }

  close(): void {
    this.closed = true;
    this.taken.resolve();
  }

  private async within(): Promise<LoggedMessage> {
    const silence = new BusUnavailable('The partition gives nothing, though it should hold more.');
    const timer = setTimeout(() => this.offered.reject(silence), silenceAtMostMs);
    try {
      return await this.offered.promise;
    } finally {
      clearTimeout(timer);
      this.offered = Promise.withResolvers();
    }
  }
}

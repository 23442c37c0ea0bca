import { type Kafka, Partitioners, type Producer } from 'kafkajs';
import { BusUnavailable } from '../faults.js';
import { type BusMessage } from '../port.js';
import { sizeOf } from '../size.js';
import { encode } from './records.js';

/** A broker takes 1 MiB per partition and request; the whole request stays below that. */
const batchBytes = 1_000_000;
const batchMessages = 10_000;

interface Call {
  readonly messages: readonly BusMessage[];
  unsent: number;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

interface Waiting {
  readonly message: BusMessage;
  readonly bytes: number;
  readonly call: Call;
}

export interface PublisherParts {
  readonly kafka: Kafka;
  /** Rejects if a message has nowhere to go; its call is then refused whole. */
  check(messages: readonly BusMessage[]): Promise<void>;
  /** Called when a request failed: what is known of the topics may be wrong. */
  failed(): void;
}

/**
 * One request to the brokers at a time; what is published meanwhile goes together in the next one. So order is strict,
 * nothing lingers, and throughput comes from batches. If a request fails, all that waits fails with it: otherwise a
 * later message could overtake an earlier one that its caller publishes again.
 */
export class Publisher {
  private calls: Call[] = [];
  private waiting: Waiting[] = [];
  private producer: Promise<Producer> | undefined;
  private sending: Promise<void> | undefined;
  private closed = false;

  constructor(private readonly parts: PublisherParts) {}

  publish(messages: readonly BusMessage[]): Promise<void> {
    if (this.closed) return Promise.reject(new BusUnavailable('The bus is closed.'));
    return new Promise((resolve, reject) => {
      this.calls.push({ messages, unsent: messages.length, resolve, reject });
      this.sending ??= this.drain();
    });
  }

  /** Connects ahead of the first message, if a broker answers: it need not pay for that. */
  warmUp(): void {
    this.connected().catch(() => this.discard());
  }

  async close(): Promise<void> {
    this.closed = true;
    await this.sending;
    await this.discard();
  }

  private async drain(): Promise<void> {
    // What is published in this turn of the event loop shares the first request.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.calls.length + this.waiting.length > 0) {
      await this.admit();
      const batch = this.take();
      try {
        if (batch.length > 0) await this.send(batch);
        for (const { call } of batch) {
          call.unsent -= 1;
          if (call.unsent === 0) call.resolve();
        }
      } catch (cause) {
        for (const { call } of batch) this.fail(call, cause);
      }
    }
    this.sending = undefined;
  }

  /** Checks the calls that have come, in their order, and lets their messages wait for a request. */
  private async admit(): Promise<void> {
    for (let call = this.calls.shift(); call; call = this.calls.shift()) {
      try {
        await this.parts.check(call.messages);
        const waiting = call.messages.map((message) => ({ message, bytes: sizeOf(message), call }));
        for (const one of waiting) this.waiting.push(one);
      } catch (error) {
        if (error instanceof BusUnavailable) this.fail(call, error);
        else call.reject(error);
      }
    }
  }

  /** Rejects a call, and all that came after it. */
  private fail(first: Call, cause: unknown): void {
    const error = new BusUnavailable('The Kafka cluster did not take the messages.', { cause });
    for (const call of [first, ...this.waiting.splice(0).map((one) => one.call), ...this.calls.splice(0)])
      call.reject(error);
  }

  private take(): Waiting[] {
    let sum = 0;
    const tooMany = this.waiting.findIndex(({ bytes }, index) => {
      sum += bytes;
      return index > 0 && (sum > batchBytes || index >= batchMessages);
    });
    return this.waiting.splice(0, tooMany < 0 ? this.waiting.length : tooMany);
  }

  private async send(batch: readonly Waiting[]): Promise<void> {
    const byTopic = Map.groupBy(batch, ({ message }) => message.topic);
    const topicMessages = [...byTopic].map(([topic, waiting]) => ({
      topic,
      messages: waiting.map(({ message }) => encode(message)),
    }));
    try {
      const producer = await this.connected();
      await producer.sendBatch({ topicMessages });
    } catch (error) {
      // Never go on with this producer: the request may have been written, and its sequence numbers would make the
      // broker take the next request for a repeat of it and drop it.
      await this.discard();
      this.parts.failed();
      throw error;
    }
  }

  private connected(): Promise<Producer> {
    this.producer ??= connect(this.parts.kafka);
    return this.producer;
  }

  private async discard(): Promise<void> {
    const { producer } = this;
    this.producer = undefined;
    await producer?.then((connected) => connected.disconnect()).catch(() => undefined);
  }
}

async function connect(kafka: Kafka): Promise<Producer> {
  const producer = kafka.producer({
    idempotent: true,
    allowAutoTopicCreation: false,
    createPartitioner: Partitioners.DefaultPartitioner,
    retry: { initialRetryTime: 100, maxRetryTime: 1_000, retries: 4 },
  });
  try {
    await producer.connect();
  } catch (error) {
    await producer.disconnect().catch(() => undefined);
    throw error;
  }
  return producer;
}

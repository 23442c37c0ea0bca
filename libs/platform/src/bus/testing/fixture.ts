import { randomUUID } from 'node:crypto';
import { until } from '../../event-store/testing/until.js';
import {
  type Bus,
  type BusConsumer,
  type BusMessage,
  type MessageHandler,
  type ReceivedMessage,
  type SubscribeBusOptions,
  type TopicSpec,
} from '../port.js';

/** One broker under test. Every test has topics and groups of its own on it. */
export interface BusUnderTest {
  /** A bus on the broker. It is called again for a second process's view of the same broker. */
  open(): Promise<Bus>;
  /** Whether two buses on the broker may consume at the same time. */
  readonly manyConsumers: boolean;
}

/** What a test needs: a bus, a fresh topic, and consumers that remember what they got. */
export class BusScene {
  readonly id = randomUUID().slice(0, 8);
  readonly topic = `test.${this.id}.events.v1`;
  readonly group = `readers-${this.id}`;
  private readonly open: Bus[] = [];

  constructor(
    readonly subject: BusUnderTest,
    readonly bus: Bus,
  ) {
    this.open.push(bus);
  }

  static async set(subject: BusUnderTest, spec: Partial<TopicSpec> = {}): Promise<BusScene> {
    const scene = new BusScene(subject, await subject.open());
    await scene.bus.applyTopics([{ name: scene.topic, partitions: 3, ...spec }]);
    return scene;
  }

  /** Another bus on the same broker, as another process would have it. */
  async another(): Promise<Bus> {
    const bus = await this.subject.open();
    this.open.push(bus);
    return bus;
  }

  async end(): Promise<void> {
    await Promise.all(this.open.map((bus) => bus.close()));
  }

  message(key: string, value: string | Buffer | null = key, more: Partial<BusMessage> = {}): BusMessage {
    return {
      topic: this.topic,
      key,
      value: typeof value === 'string' ? Buffer.from(value) : value,
      headers: {},
      ...more,
    };
  }

  publish(...messages: readonly BusMessage[]): Promise<void> {
    return this.bus.publish(messages);
  }

  /** A consumer of the scene's topic and group, ready, with quick retries. */
  async reader(options: Partial<SubscribeBusOptions> = {}, bus = this.bus): Promise<Reader> {
    const reader = new Reader(bus, { group: this.group, topics: [this.topic], ...options });
    await reader.consumer.ready;
    return reader;
  }
}

/** A consumer that remembers what it handled, in order. */
export class Reader {
  readonly got: ReceivedMessage[] = [];
  readonly consumer: BusConsumer;

  constructor(
    bus: Bus,
    { handler, ...options }: Omit<SubscribeBusOptions, 'handler'> & { handler?: MessageHandler },
  ) {
    this.consumer = bus.subscribe({
      backOff: { firstMs: 5, longestMs: 40 },
      ...options,
      handler: async (message) => {
        await handler?.(message);
        this.got.push(message);
      },
    });
  }

  /** Values handled so far, as text. */
  values(key?: string): string[] {
    return this.got
      .filter((message) => key === undefined || message.key === key)
      .map(({ value }) => String(value));
  }

  async has(count: number): Promise<void> {
    await until(() => this.got.length >= count);
  }
}

/** A handler that waits until it is let go. */
export class Gate {
  private release: () => void = () => undefined;
  readonly opened = new Promise<void>((resolve) => (this.release = resolve));
  open(): void {
    this.release();
  }
}

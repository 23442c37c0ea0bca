import { type BusConsumer, type ConsumerStatus } from '../port.js';

/** The consumers of one bus that run. */
export class Consumers {
  private readonly running = new Set<BusConsumer>();

  /** Keeps account of a consumer until it is stopped. */
  add(consumer: BusConsumer): BusConsumer {
    this.running.add(consumer);
    return {
      ready: consumer.ready,
      healthy: () => consumer.healthy(),
      status: () => consumer.status(),
      stop: async () => {
        await consumer.stop();
        this.running.delete(consumer);
      },
    };
  }

  status(): ConsumerStatus[] {
    return [...this.running].map((consumer) => consumer.status());
  }

  async stop(): Promise<void> {
    await Promise.all([...this.running].map((consumer) => consumer.stop()));
    this.running.clear();
  }
}

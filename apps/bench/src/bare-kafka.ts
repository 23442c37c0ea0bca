import kafkajs, { type Consumer, type Kafka, type Message, type Producer } from 'kafkajs';

const { Kafka: Client, Partitioners, logLevel } = kafkajs;

/** What a team would write without us: kafkajs and nothing around it, with the same durability. */
export class BareKafka {
  private readonly kafka: Kafka;
  private producer: Producer | undefined;
  private readonly consumers: Consumer[] = [];

  constructor(brokers: readonly string[]) {
    this.kafka = new Client({ brokers: [...brokers], clientId: 'bare', logLevel: logLevel.NOTHING });
  }

  async publish(topic: string, messages: Message[]): Promise<void> {
    if (!this.producer) {
      this.producer = this.kafka.producer({
        idempotent: true,
        createPartitioner: Partitioners.DefaultPartitioner,
      });
      await this.producer.connect();
    }
    await this.producer.send({ topic, messages });
  }

  /** Reads a message's data, knows repeats by their id, commits after each batch. */
  async consume(topic: string, group: string, handled: (data: unknown, id: string) => void): Promise<void> {
    const consumer = this.kafka.consumer({ groupId: group });
    this.consumers.push(consumer);
    await consumer.connect();
    await consumer.subscribe({ topics: [topic], fromBeginning: true });
    await consumer.run({
      eachBatchAutoResolve: false,
      eachBatch: async ({ batch, resolveOffset, heartbeat }) => {
        for (const { value, headers, offset } of batch.messages) {
          handled(JSON.parse(String(value)), String(headers?.['ce_id']));
          resolveOffset(offset);
        }
        await heartbeat();
      },
    });
  }

  async close(): Promise<void> {
    await this.producer?.disconnect();
    await Promise.all(this.consumers.map((consumer) => consumer.disconnect()));
  }
}

import kafkajs from 'kafkajs';
import { all, until } from '../../event-store/testing/until.js';
import { describeWith } from '../../testing/describe-with.js';
import { startKafka } from '../../testing/kafka-broker.js';
import { describeBus } from '../bus.contract.js';
import { deadLetterTopic } from '../dead-letters/letter.js';
import { MessageFault } from '../faults.js';
import { type Bus } from '../port.js';
import { BusScene } from '../testing/fixture.js';
import { kafkaBus } from './kafka-bus.js';

await describeWith('with a real Kafka broker', startKafka, (kafka) => {
  const brokers = kafka.brokers.split(',');
  const open = async (): Promise<Bus> => kafkaBus({ brokers, clientId: 'contract', sessionTimeoutMs: 6_000 });
  describeBus('the Kafka bus', { manyConsumers: true, open });

  describe('records of other producers', () => {
    const { Kafka, logLevel } = kafkajs;
    const foreign = new Kafka({ brokers, logLevel: logLevel.NOTHING }).producer({
      createPartitioner: kafkajs.Partitioners.DefaultPartitioner,
    });
    let scene: BusScene;
    beforeAll(() => foreign.connect());
    afterAll(() => foreign.disconnect());
    beforeEach(async () => {
      scene = await BusScene.set({ manyConsumers: true, open });
    });
    afterEach(() => scene.end());

    const notText = Buffer.from([0xff, 0xfe, 0x00]);
    const record = { value: 'v', headers: { bytes: notText, twice: ['a', 'b'], plain: 'p' } };

    it('arrive without a key, or with bytes that are no text', async () => {
      const reader = await scene.reader();
      const messages = [
        { ...record, key: null },
        { ...record, key: notText },
      ].map((message) => ({ ...message, partition: 0 }));
      await foreign.send({ topic: scene.topic, messages });
      await reader.has(2);
      expect(reader.got[0]).toMatchObject({ key: '', headers: { twice: 'b', plain: 'p' } });
      expect(reader.got[1]?.original?.key).toEqual(notText);
    });

    it('keep their bytes as dead letters, and hold up no one for want of a key', async () => {
      const reader = await scene.reader({
        handler: async ({ headers }) => {
          if (headers['bytes'] !== undefined) throw new MessageFault('not for us');
        },
      });
      const messages = [
        { ...record, key: null },
        { key: null, value: 'fine' },
      ].map((message) => ({ ...message, partition: 1 }));
      await foreign.send({ topic: scene.topic, messages });
      await until(() => reader.consumer.status().deadLettered === 1);
      await reader.has(1);
      expect(reader.values()).toEqual(['fine']);
      const dlq = deadLetterTopic(scene.topic, scene.group);
      const [letter] = await all(scene.bus.browse(dlq, { partition: 1 }));
      expect(letter?.original?.key).toBeNull();
      expect(letter?.original?.headers).toMatchObject({
        bytes: notText,
        twice: [Buffer.from('a'), Buffer.from('b')],
      });
      expect(letter?.headers).toMatchObject({ plain: 'p', 'dlq-reason': 'not for us' });
    });

    it('arrive with the compression that their producer chose', async () => {
      const { GZIP } = kafkajs.CompressionTypes;
      const reader = await scene.reader();
      await foreign.send({
        topic: scene.topic,
        compression: GZIP,
        messages: [{ key: 'k', value: 'zipped' }],
      });
      await reader.has(1);
      expect(reader.values()).toEqual(['zipped']);
    });
  });
});

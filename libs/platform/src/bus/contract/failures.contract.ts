import { StoreUnavailable } from '../../event-store/faults.js';
import { until } from '../../event-store/testing/until.js';
import { deadLetterTopic } from '../dead-letters/letter.js';
import { BusUnavailable, MessageFault } from '../faults.js';
import { type LoggedMessage } from '../port.js';
import { BusScene, type BusUnderTest } from '../testing/fixture.js';

export function describeFailures(subject: BusUnderTest): void {
  let scene: BusScene;
  beforeEach(async () => {
    scene = await BusScene.set(subject);
  });
  afterEach(() => scene.end());

  const letters = async (): Promise<LoggedMessage[]> => {
    const topic = deadLetterTopic(scene.topic, scene.group);
    const list: LoggedMessage[] = [];
    for (const { partition } of await scene.bus.offsets(topic))
      for await (const letter of scene.bus.browse(topic, { partition })) list.push(letter);
    return list;
  };

  it('retries in place while later messages of the key wait and other keys go on', async () => {
    let attempts: number[] = [];
    const reader = await scene.reader({
      handler: async ({ value, attempt }) => {
        if (String(value) !== 'slow') return;
        attempts = [...attempts, attempt];
        if (attempt < 3) throw new Error('not yet');
      },
    });
    await scene.publish(
      ...[scene.message('k', 'slow'), scene.message('k', 'next'), scene.message('other')].map((message) => ({
        ...message,
        partition: 0,
      })),
    );
    await reader.has(3);
    expect(attempts).toEqual([1, 2, 3]);
    expect(reader.values()).toEqual(['other', 'slow', 'next']);
    expect(await letters()).toEqual([]);
  });

  it('dead-letters after the last attempt: original key, bytes and headers, and why', async () => {
    const value = Buffer.from([0, 255, 128, 10]);
    const tries: number[] = [];
    const reader = await scene.reader({
      maxAttempts: 3,
      handler: async ({ attempt }) => {
        tries.push(attempt);
        throw new RangeError('its text may be personal');
      },
    });
    await scene.publish(scene.message('poison', value, { headers: { ce_id: '1', trace: 'é' } }));
    await until(() => reader.consumer.status().deadLettered === 1);
    const [letter] = await letters();
    expect(tries).toEqual([1, 2, 3]);
    expect(letter?.value?.equals(value)).toBe(true);
    expect(letter).toMatchObject({
      key: 'poison',
      headers: {
        ce_id: '1',
        trace: 'é',
        'dlq-topic': scene.topic,
        'dlq-partition': String(letter?.partition),
        'dlq-offset': '0',
        'dlq-group': scene.group,
        'dlq-attempts': '3',
        'dlq-error-class': 'RangeError',
        'dlq-reason': 'failed 3 times, last with RangeError',
      },
    });
  });

  it('dead-letters a fault of the message at once, with its reason and the fields', async () => {
    const tries: number[] = [];
    const reader = await scene.reader({
      handler: async ({ attempt }) => {
        tries.push(attempt);
        throw new MessageFault('does not fit its schema', [{ field: 'pool', rule: 'isString' }]);
      },
    });
    await scene.publish(scene.message('k', null));
    await until(() => reader.consumer.status().deadLettered === 1);
    const [letter] = await letters();
    expect(tries).toEqual([1]);
    expect(letter?.value).toBeNull();
    expect(letter?.headers['dlq-reason']).toBe('does not fit its schema (pool: isString)');
    expect(letter?.headers['dlq-error-class']).toBe('MessageFault');
  });

  it('survives library errors that mean a programming mistake', async () => {
    const reader = await scene.reader({
      maxAttempts: 2,
      handler: async ({ value }) => {
        if (String(value) === 'bad') throw new TypeError('undefined is not a function');
      },
    });
    await scene.publish(scene.message('a', 'bad'), scene.message('b', 'good'), scene.message('c', 'good'));
    await until(() => {
      const { handled, deadLettered } = reader.consumer.status();
      return handled === 2 && deadLettered === 1;
    });
    expect(reader.consumer.healthy()).toBe(true);
    await scene.publish(scene.message('d', 'later'));
    await reader.has(3);
  });

  it('never dead-letters for an outage of the store or the bus, however long', async () => {
    const tries: number[] = [];
    const reader = await scene.reader({
      maxAttempts: 2,
      handler: async ({ attempt }) => {
        tries.push(attempt);
        if (attempt < 5) throw new StoreUnavailable('down');
        if (attempt < 8) throw new BusUnavailable('down');
      },
    });
    await scene.publish(scene.message('k'));
    await reader.has(1);
    expect(tries).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(reader.consumer.status()).toMatchObject({ deadLettered: 0, retrying: 0 });
  });
}

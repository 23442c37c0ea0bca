import { deadLetterTopic } from '../bus/dead-letters/letter.js';
import { type LoggedMessage } from '../bus/port.js';
import { StoreUnavailable } from '../event-store/faults.js';
import { all, until } from '../event-store/testing/until.js';
import { type Platform } from '../platform.js';
import { aPlatform } from '../testing/a-platform.js';
import { type RunningService, startService } from './start-service.js';
import { aGreeting, behaviour, greetings, greetingTopics } from './testing/greetings.js';

describe('messages to a service', () => {
  let platform: Platform;
  let service: RunningService;

  beforeEach(async () => {
    Object.assign(behaviour, { fails: undefined, handled: [], attempts: 0 });
    platform = await aPlatform({ topics: greetingTopics });
    service = await startService(greetings, platform, { listen: false });
  });
  afterEach(async () => {
    await service.stop();
    await platform.close();
  });

  const inTopic = async (topic: string): Promise<LoggedMessage[]> => {
    const partitions = await platform.bus.offsets(topic);
    const read = partitions.map(({ partition }) => all(platform.bus.browse(topic, { partition })));
    return (await Promise.all(read)).flat();
  };
  const deadLetters = (): Promise<LoggedMessage[]> =>
    inTopic(deadLetterTopic('greetings.in', 'handover-greetings'));
  const deadLetter = async (): Promise<LoggedMessage> => {
    await until(async () => (await deadLetters()).length > 0);
    const [letter] = await deadLetters();
    if (!letter) throw new Error('no dead letter');
    return letter;
  };

  it('reach the handler of their type as instances of its class, with the envelope', async () => {
    const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
    await platform.bus.publish([
      aGreeting('m1', { name: 'Ada' }, { ce_subject: 's1', ce_traceparent: traceparent }),
    ]);
    await until(() => behaviour.handled.length === 1);
    const [event] = await all(platform.store.readStream('greeting-Ada'));
    expect(event).toMatchObject({
      type: 'GreetingSeen',
      metadata: { causationId: '/tests/m1', correlationId: 's1', traceparent },
    });
  });

  it('lead to messages of the service: through the log, with the cause and its trace', async () => {
    const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
    await platform.bus.publish([
      aGreeting('m1', { name: 'Ada' }, { ce_correlationid: 'handover-1', ce_traceparent: traceparent }),
    ]);
    await until(async () => (await inTopic('greetings.out')).length === 1);
    const [message] = await inTopic('greetings.out');
    expect(message?.headers).toMatchObject({
      ce_type: 'GreetingSeen',
      ce_source: '/handover/greetings',
      ce_correlationid: 'handover-1',
      ce_causationid: '/tests/m1',
      ce_traceparent: traceparent,
    });
  });

  it('have one effect when they arrive twice', async () => {
    const message = aGreeting('m1', { name: 'Ada' });
    await platform.bus.publish([message, message, message]);
    await until(() => behaviour.handled.length === 3);
    expect(await all(platform.store.readStream('greeting-Ada'))).toHaveLength(1);
    await until(async () => (await inTopic('greetings.out')).length > 0);
    expect(await inTopic('greetings.out')).toHaveLength(1);
  });

  it('may have fields that the class does not know: they are removed', async () => {
    await platform.bus.publish([
      aGreeting('m1', { name: 'Ada', mood: 'new in v1.7', guests: [{ name: 'Ben', x: 1 }] }),
    ]);
    await until(() => behaviour.handled.length === 1);
    expect(behaviour.handled).toEqual([{ name: 'Ada', guests: [{ name: 'Ben' }] }]);
  });

  it('that break a rule are dead-lettered at once, with fields and rules and no value', async () => {
    await platform.bus.publish([aGreeting('m1', { name: 'far too long a name', age: 'secret' })]);
    const letter = await deadLetter();
    const said = JSON.stringify(letter.headers);
    expect(said).toContain('name: must be shorter than or equal to 10 characters');
    expect(said).toContain('age: must be an integer number');
    expect(said).not.toContain('secret');
    expect(behaviour.attempts).toBe(0);
  });

  it.each([
    ['are not JSON', { value: Buffer.from('{"name"') }],
    ['nest too deep', { value: Buffer.from('['.repeat(1_000)) }],
    ['are tombstones where data is meant', { value: null }],
  ])('that %s are dead-lettered at once', async (_what, wrong) => {
    await platform.bus.publish([{ ...aGreeting('m1', {}), ...wrong }]);
    await deadLetter();
    expect(behaviour.attempts).toBe(0);
  });

  it('of types that nobody handles are skipped, whatever they hold', async () => {
    const unknown = { ...aGreeting('m1', {}, { ce_type: 'Unheard' }), value: Buffer.from('{') };
    await platform.bus.publish([unknown, { ...aGreeting('m2', { name: 'Ada' }), key: 'm1' }]);
    await until(() => behaviour.handled.length === 1);
    expect(await deadLetters()).toEqual([]);
  });

  it('are tried again while the store is away, for as long as it takes', async () => {
    behaviour.fails = new StoreUnavailable('the disk is gone');
    await platform.bus.publish([aGreeting('m1', { name: 'Ada' })]);
    await until(() => behaviour.attempts > 1);
    behaviour.fails = undefined;
    await until(() => behaviour.handled.length === 1);
    expect(await deadLetters()).toEqual([]);
  });

  it('whose handler throws show the bus that very error', async () => {
    behaviour.fails = new RangeError('the cause itself');
    await platform.bus.publish([aGreeting('m1', { name: 'Ada' })]);
    const letter = await deadLetter();
    expect(JSON.stringify(letter.headers)).toContain('RangeError');
    expect(behaviour.attempts).toBe(5);
  });
});

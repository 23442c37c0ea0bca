import { readFileSync } from 'node:fs';
import { BusUnavailable } from './faults.js';
import { kafkaConnection, kafkaOptions, openBus } from './open-bus.js';

describe('the bus of a URL', () => {
  it.each([
    ['kafka://h1', { brokers: ['h1:9092'] }],
    ['kafka://h1:9093,h2', { brokers: ['h1:9093', 'h2:9092'] }],
    ['kafka://h1?session-timeout-ms=3000', { brokers: ['h1:9092'], sessionTimeoutMs: 3_000 }],
    ['kafka+tls://h1:9093/', { brokers: ['h1:9093'], tls: true }],
    [
      'kafka+tls://ann:p%40ss@h1?mechanism=scram-sha-512',
      {
        brokers: ['h1:9092'],
        tls: true,
        sasl: { mechanism: 'scram-sha-512', username: 'ann', password: 'p@ss' },
      },
    ],
    [
      'kafka://ann:pw@h1',
      { brokers: ['h1:9092'], sasl: { mechanism: 'plain', username: 'ann', password: 'pw' } },
    ],
  ])('reads %s', (url, connection) => expect(kafkaConnection(url)).toEqual(connection));

  it.each([
    'kafka:',
    'rabbit://h1',
    'embedded',
    'kafka://',
    'kafka://a:secret@h1?mechanism=md5',
    'kafka://a:secret@h1?session-timeout-ms=soon',
    'kafka://a:secret@h1?session-timeout=3000',
  ])('refuses %s without repeating it', (url) => {
    const open = () => openBus(url, { dataDirectory: '.', clientId: 'test' });
    expect(open).toThrow(RangeError);
    expect(open).not.toThrow(/secret/);
  });

  it('has options that docs/configuration.md names, every one', () => {
    const page = readFileSync(new URL('../../../../docs/configuration.md', import.meta.url), 'utf8');
    const documented = [...page.matchAll(/^\| `\?([a-z-]+)=` +\| `kafka:/gm)].map(([, option]) => option);
    expect(documented.sort()).toEqual([...kafkaOptions].sort());
  });

  it('opens an embedded bus in memory', async () => {
    const bus = openBus('embedded:memory', { dataDirectory: '.', clientId: 'test' });
    expect(await bus.topics()).toEqual([]);
    await bus.close();
  });

  it('opens without a broker, and says that it is unavailable once it is used', async () => {
    const bus = openBus('kafka://127.0.0.1:1', { dataDirectory: '.', clientId: 'test' });
    const consumer = bus.subscribe({ group: 'g', topics: ['t'], handler: async () => undefined });
    const message = { topic: 't', key: 'k', value: null, headers: {} };
    await expect(bus.publish([message])).rejects.toThrow(BusUnavailable);
    await expect(bus.topics()).rejects.toThrow(BusUnavailable);
    await bus.close();
    await expect(consumer.ready).rejects.toThrow(BusUnavailable);
  });
});

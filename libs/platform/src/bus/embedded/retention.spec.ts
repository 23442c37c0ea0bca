import { dayMs, hourMs } from '@handover/kernel';
import { MessageLog } from './log.js';
import { Trimmer } from './retention.js';

const start = Date.UTC(2026, 10, 23);

function aLog() {
  let now = start;
  const log = new MessageLog(':memory:', () => now);
  log.createTopic({ name: 'events', partitions: 1, retentionMs: hourMs });
  log.createTopic({ name: 'state', partitions: 1, compacted: true });
  log.createTopic({ name: 'kept', partitions: 1 });
  const write = (topic: string, key: string, value: string | null): void =>
    log.write([{ topic, key, value: value === null ? null : Buffer.from(value), headers: {} }], []);
  const held = (name: string): string[] => {
    const topic = log.topic(name);
    return topic ? log.read(topic, 0, 0).map(({ key, value, offset }) => `${offset} ${key}=${value}`) : [];
  };
  const trimmer = new Trimmer(log, () => now);
  const later = async (ms: number): Promise<void> => {
    now += ms;
    await trimmer.run();
  };
  return { log, write, held, later };
}

describe('trimming the embedded log', () => {
  it('drops what is older than its topic keeps, and nothing of a topic that keeps all', async () => {
    const { write, held, later } = aLog();
    write('events', 'a', '1');
    write('kept', 'a', '1');
    await later(hourMs);
    expect(held('events')).toEqual(['0 a=1']);
    write('events', 'a', '2');
    await later(1);
    expect(held('events')).toEqual(['1 a=2']);
    expect(held('kept')).toEqual(['0 a=1']);
  });

  it('keeps the newest message of each key of a compacted topic, at its offset', async () => {
    const { write, held, later } = aLog();
    write('state', 'a', '1');
    write('state', 'b', '1');
    write('state', 'a', '2');
    await later(0);
    expect(held('state')).toEqual(['1 b=1', '2 a=2']);
  });

  it('compacts again when as much is new as it holds, not for each message', async () => {
    const { write, held, later } = aLog();
    for (const key of ['a', 'b', 'c']) write('state', key, '1');
    await later(0);
    for (const value of ['2', '3']) write('state', 'a', value);
    await later(0);
    expect(held('state')).toHaveLength(5);
    write('state', 'a', '4');
    await later(0);
    expect(held('state')).toEqual(['1 b=1', '2 c=1', '5 a=4']);
  });

  it('keeps a tombstone for a day, so that consumers can see it', async () => {
    const { write, held, later } = aLog();
    write('state', 'a', '1');
    write('state', 'a', null);
    await later(dayMs);
    expect(held('state')).toEqual(['1 a=null']);
    await later(1);
    expect(held('state')).toEqual([]);
  });

  it('goes on counting offsets where it was, though all is gone', async () => {
    const { log, write, held, later } = aLog();
    write('events', 'a', '1');
    await later(dayMs);
    write('events', 'a', '2');
    expect(held('events')).toEqual(['1 a=2']);
    const topic = log.topic('events');
    expect(topic && log.offsets(topic)).toMatchObject([{ begin: '1', end: '2' }]);
  });
});

import { dayMs, hourMs } from '@handover/kernel';
import { MessageLog } from './log.js';
import { trim } from './retention.js';

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
  const later = (ms: number): void => {
    now += ms;
    trim(log, now);
  };
  return { log, write, held, later };
}

describe('trimming the embedded log', () => {
  it('drops what is older than its topic keeps, and nothing of a topic that keeps all', () => {
    const { write, held, later } = aLog();
    write('events', 'a', '1');
    write('kept', 'a', '1');
    later(hourMs);
    expect(held('events')).toEqual(['0 a=1']);
    write('events', 'a', '2');
    later(1);
    expect(held('events')).toEqual(['1 a=2']);
    expect(held('kept')).toEqual(['0 a=1']);
  });

  it('keeps the newest message of each key of a compacted topic, at its offset', () => {
    const { write, held, later } = aLog();
    write('state', 'a', '1');
    write('state', 'b', '1');
    write('state', 'a', '2');
    later(0);
    expect(held('state')).toEqual(['1 b=1', '2 a=2']);
  });

  it('keeps a tombstone for a day, so that consumers can see it', () => {
    const { write, held, later } = aLog();
    write('state', 'a', '1');
    write('state', 'a', null);
    later(dayMs);
    expect(held('state')).toEqual(['1 a=null']);
    later(1);
    expect(held('state')).toEqual([]);
  });

  it('goes on counting offsets where it was, though all is gone', () => {
    const { log, write, held, later } = aLog();
    write('events', 'a', '1');
    later(dayMs);
    write('events', 'a', '2');
    expect(held('events')).toEqual(['1 a=2']);
    const topic = log.topic('events');
    expect(topic && log.offsets(topic)).toMatchObject([{ begin: '1', end: '2' }]);
  });
});

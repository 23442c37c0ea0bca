import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { until } from '../../event-store/testing/until.js';
import { type Bus } from '../port.js';
import { allOf, Journal, type MemberProcess, numbered, startMember } from '../testing/journal.js';
import { embeddedBus } from './embedded-bus.js';

const keys = ['a', 'b', 'c', 'd', 'e'];

describe('the embedded bus and other processes', () => {
  let dataDirectory: string;
  let bus: Bus;
  let journal: Journal;
  let members: MemberProcess[];
  const group = 'readers';
  const topic = 'events';

  beforeEach(async () => {
    dataDirectory = mkdtempSync(join(tmpdir(), 'handover-bus-processes-'));
    bus = embeddedBus({ file: join(dataDirectory, 'bus.db') });
    await bus.applyTopics([{ name: topic, partitions: 3 }]);
    journal = new Journal();
    members = [];
  });
  afterEach(async () => {
    await Promise.all(members.map((member) => member.kill()));
    await bus.close();
    rmSync(dataDirectory, { recursive: true });
  });

  const aMember = (eachMs = 0): MemberProcess => {
    const member = startMember(journal, { url: 'embedded:', dataDirectory, topic, group, eachMs });
    members.push(member);
    return member;
  };

  it('hands what one process publishes to the process that consumes', async () => {
    await aMember().ready;
    await bus.publish(numbered(topic, keys, 10));
    await until(() => journal.different === 50);
    expect(journal.effects()).toEqual(allOf(keys, 10));
  });

  it('loses nothing and keeps the order when the consuming process is killed, again and again', async () => {
    await bus.publish(numbered(topic, keys, 100));
    for (const least of [50, 200, 350]) {
      const member = aMember(1);
      await until(() => journal.different >= least);
      await member.kill();
    }
    await aMember().ready;
    await until(() => journal.different === 500);
    expect(journal.effects()).toEqual(allOf(keys, 100));
  });

  it('lets a second consuming process wait until the first has ended, however it ends', async () => {
    const first = aMember();
    await first.ready;
    let tookOver = false;
    const second = bus.subscribe({
      group,
      topics: [topic],
      handler: async (message) => journal.note(message),
    });
    void second.ready.then(() => (tookOver = true));
    await bus.publish(numbered(topic, keys, 5));
    await until(() => journal.different === 25);
    expect(tookOver).toBe(false);
    await first.kill();
    await second.ready;
    await bus.publish(numbered(topic, ['f'], 1));
    await until(() => journal.effects()['f'] !== undefined);
  });
});

import {
  closeSync,
  copyFileSync,
  fstatSync,
  mkdtempSync,
  openSync,
  readdirSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { VirtualClock } from '@handover/kernel';
import { sqliteEventStore } from '@handover/platform';
import { handover } from '../testing/handover.js';

const metadata = { correlationId: 'c', causationId: 'x', schemaVersion: 1 };

describe('handover store', () => {
  let directory: string;
  let store: string;
  const at = (name: string): string => join(directory, name);

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'handover-store-'));
    store = `sqlite:${at('handover.db')}`;
    const log = sqliteEventStore({ file: at('handover.db'), clock: new VirtualClock(0) });
    for (let number = 0; number < 30; number += 1)
      await log.append(
        `handover-${number % 3}`,
        [{ id: `e${number}`, type: 'Seen', data: { number }, metadata }],
        'any',
      );
    await log.writeRegister('relay-intake', { holder: 'a', position: await log.head() } as never, 'none');
    await log.close();
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  it('verify tells what is in a sound store, and ends with 0', async () => {
    const { code, out } = await handover(['store', 'verify', '--store', store]);
    expect([code, out]).toEqual([0, `${at('handover.db')}: 30 events in 3 streams\nSound.\n`]);
  });

  it('backup makes a store that is sound and holds the same; verify names the gap in a damaged one', async () => {
    const { code, out } = await handover(['store', 'backup', '--to', at('backup.db')], {
      HANDOVER_STORE: store,
    });
    expect([code, out]).toEqual([0, `${at('backup.db')}: 30 events in 3 streams. Verified.\n`]);
    {
      using damaged = new DatabaseSync(at('backup.db'));
      damaged.exec(`DELETE FROM events WHERE stream = 'handover-1' AND revision = 4`);
    }
    const verified = await handover(['store', 'verify', '--store', `sqlite:${at('backup.db')}`]);
    expect(verified.code).toBe(1);
    expect(verified.out).toContain('Stream handover-1 has 9 events with revisions 0 to 9.');
    expect(verified.out).toContain('Not sound: ');
  });

  it('verify names a damaged file and what to do, and backup leaves no copy of it behind', async () => {
    const damaged = at('damaged.db');
    copyFileSync(at('handover.db'), damaged);
    const file = openSync(damaged, 'r+');
    for (let page = 2; page * 4_096 < fstatSync(file).size; page += 1)
      writeSync(file, Buffer.alloc(64, 0xff), 0, 64, page * 4_096);
    closeSync(file);
    const verified = await handover(['store', 'verify', '--store', `sqlite:${damaged}`]);
    expect(verified.code).toBe(1);
    expect(verified.out).toContain(`${damaged}: `);
    expect(verified.out).toMatch(/Not sound: .*docs\/operations\.md#back-up-and-restore/);
    const backup = await handover([
      'store',
      'backup',
      '--store',
      `sqlite:${damaged}`,
      '--to',
      at('unsound.db'),
    ]);
    expect([backup.code, backup.err]).toEqual([1, expect.stringContaining(damaged)]);
    expect(readdirSync(directory).filter((name) => name.startsWith('unsound'))).toEqual([]);
  });

  it('copy names the first event that the target has and the source has not, and ends with 1', async () => {
    const [longer, target] = [at('longer.db'), `sqlite:${at('copy-of-longer.db')}`];
    await handover(['store', 'backup', '--store', store, '--to', longer]);
    const log = sqliteEventStore({ file: longer, clock: new VirtualClock(0) });
    await log.append('handover-9', [{ id: 'e99', type: 'Seen', data: {}, metadata }], 'none');
    await log.close();
    await handover(['store', 'copy', '--from', `sqlite:${longer}`, '--to', target]);
    const { code, out, err } = await handover(['store', 'copy', '--from', store, '--to', target]);
    expect([code, out]).toEqual([1, '']);
    expect(err).toContain(
      'The source ends after 30 events; event 31 of the target is Seen e99 (handover-9@0).',
    );
  });

  it('copy brings events and the places of relays over, and may be repeated', async () => {
    const target = `sqlite:${at('copy.db')}`;
    const first = await handover(['store', 'copy', '--from', store, '--to', target]);
    expect([first.code, first.out]).toEqual([
      0,
      expect.stringMatching(/^30 events copied and compared, hash \w{16}/),
    ]);
    expect((await handover(['store', 'copy', '--from', store, '--to', target])).out).toBe(first.out);
    const copy = sqliteEventStore({ file: at('copy.db'), clock: new VirtualClock(0) });
    expect((await copy.readRegister('relay-intake'))?.value).toEqual({
      holder: 'a',
      position: await copy.head(),
    });
    await copy.close();
  });

  it.each([
    [['store', 'verify', '--store', 'esdb://host:2113'], 2, 'EventStoreDB checks its own files'],
    [
      ['store', 'verify', '--store', 'sqlite:/nowhere/handover.db'],
      1,
      'There is no event store at /nowhere/handover.db.',
    ],
    [['store', 'copy', '--from', 'nonsense', '--to', 'memory:'], 2, '"nonsense" is no event store'],
    [['store', 'copy', '--from', 'pg://me:secret@h', '--to', 'memory:'], 2, '"pg:" is no event store'],
    [['store', 'verify', '--store', 'sqlite:/dev/null/a.db'], 1, '/dev/null/a.db cannot be read by'],
    [['store', 'verify'], 1, 'set HANDOVER_DATA or HANDOVER_STORE as for the services.'],
    [['store', 'backup'], 2, "required option '--to <file>' not specified"],
    [
      ['store', 'copy', '--from', 'sqlite:/nowhere/a.db', '--to', 'memory:'],
      1,
      'There is no event store at /nowhere/a.db.',
    ],
  ])('%j ends with %i and says why', async (args, code, why) => {
    const ended = await handover(args, { HANDOVER_DATA: at('none') });
    expect(ended.err).not.toContain('secret');
    expect([ended.code, ended.err]).toEqual([code, expect.stringContaining(why)]);
  });
});

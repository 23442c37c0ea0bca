import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { VirtualClock } from '@handover/kernel';
import { sqliteEventStore } from '../event-store/sqlite/store.js';
import { aCorner, upTo } from './testing/orders.js';
import { ViewFiles } from './view-files.js';

const program = join(import.meta.dirname, '../../dist/projections/testing/folding-process.js');

describe('a view whose process is killed with -9', () => {
  let corner: ReturnType<typeof aCorner>;
  let url: string;
  beforeEach(async () => {
    corner = aCorner();
    const file = join(corner.directory, 'log.db');
    url = `sqlite:${file}`;
    const store = sqliteEventStore({ file, clock: new VirtualClock(0) });
    await corner.append(1_500, store);
    await store.close();
  });
  afterEach(() => corner.close());

  const fold = (killAt: number, ...then: string[]): NodeJS.Signals | null =>
    spawnSync(process.execPath, [program, url, corner.directory, String(killAt), ...then]).signal;
  const numbersIn = (file: string): number[] => {
    using view = new DatabaseSync(join(corner.directory, file));
    return view
      .prepare('SELECT number FROM seen ORDER BY at')
      .all()
      .map(({ number }) => Number(number));
  };
  const liveFile = (): string =>
    new ViewFiles(corner.directory, { name: 'orders', version: 1 }).live.slice(corner.directory.length + 1);

  it('has each event once, whenever that was', () => {
    for (const killAt of [1, 499, 501, 2, 250]) expect(fold(killAt)).toBe('SIGKILL');
    expect(fold(0)).toBe(null);
    expect(numbersIn('orders.v1.db')).toEqual(upTo(1_500));
  });

  it('is as it was before, or as it is after a replay', () => {
    expect(fold(0)).toBe(null);
    for (const killAt of [1, 800, 1_500]) {
      expect(fold(killAt, 'replay')).toBe('SIGKILL');
      expect([liveFile(), numbersIn(liveFile())]).toEqual(['orders.v1.db', upTo(1_500)]);
    }
    expect(fold(0, 'replay')).toBe(null);
    expect([liveFile(), numbersIn(liveFile())]).toEqual(['orders.v1.2.db', upTo(1_500)]);
  });
});

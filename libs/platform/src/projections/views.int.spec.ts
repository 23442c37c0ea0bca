import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { VirtualClock } from '@handover/kernel';
import { sqliteEventStore } from '../event-store/sqlite/store.js';
import { aCorner, upTo } from './testing/orders.js';

const program = join(import.meta.dirname, '../../dist/projections/testing/folding-process.js');

it('a view has each event once, whenever its process was killed with -9', async () => {
  const corner = aCorner();
  const file = join(corner.directory, 'log.db');
  const store = await sqliteEventStore({ file, clock: new VirtualClock(0) });
  await corner.append(1_500, store);
  await store.close();
  const fold = (killAt: number): NodeJS.Signals | null =>
    spawnSync(process.execPath, [program, `sqlite:${file}`, corner.directory, String(killAt)]).signal;

  for (const killAt of [1, 499, 501, 2, 250]) expect(fold(killAt)).toBe('SIGKILL');
  expect(fold(0)).toBe(null);

  const view = new DatabaseSync(join(corner.directory, 'orders.v1.db'));
  const numbers = view.prepare('SELECT number FROM seen ORDER BY at').all();
  expect(numbers.map(({ number }) => Number(number))).toEqual(upTo(1_500));
  view.close();
  await corner.close();
});

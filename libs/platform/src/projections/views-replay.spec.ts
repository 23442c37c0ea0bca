import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { VirtualClock } from '@handover/kernel';
import { sqliteEventStore } from '../event-store/sqlite/store.js';
import { copyStore } from '../event-store/operations/copy.js';
import { until } from '../event-store/testing/until.js';
import { type Projection } from './port.js';
import { aCorner, orders, seen, upTo } from './testing/orders.js';
import { NothingKept, ReplayUnderWay, type Views } from './views.js';

describe('a replay', () => {
  let corner: ReturnType<typeof aCorner>;
  beforeEach(() => {
    corner = aCorner();
  });
  afterEach(() => corner.close());

  const running = async (events: number, projection: Projection = orders()): Promise<Views> => {
    await corner.append(events);
    const views = corner.open();
    await views.run(projection);
    return views;
  };
  const files = (): string[] => readdirSync(corner.directory).filter((name) => name.endsWith('.db'));
  const open = (name: string): DatabaseSync => new DatabaseSync(join(corner.directory, name));
  const status = (views: Views) => views.status()[0];

  it('shows readers all the old rows until it shows all the new ones', async () => {
    const shown = new Set<number>();
    let look = (): unknown => undefined;
    const views = await running(
      700,
      orders({
        apply: (event, view) => {
          orders().apply(event, view);
          look();
        },
      }),
    );
    look = () => shown.add(seen(views).length);
    await views.replay('orders');
    expect([...shown]).toEqual([700]);
    expect(seen(views)).toEqual(upTo(700));
  });

  it('misses nothing that is stored meanwhile, and never goes back behind what was read', async () => {
    const views = await running(1_500);
    let over = false;
    const replay = views.replay('orders', 'blue-green').finally(() => (over = true));
    let [stored, read] = [1_500, 1_500];
    while (!over) {
      await views.waitFor('orders', await corner.append(1), 5_000);
      stored += 1;
      const now = seen(views).length;
      expect(now).toBeGreaterThanOrEqual(read);
      read = now;
    }
    await replay;
    await views.waitFor('orders', await corner.append(1), 5_000);
    expect(seen(views)).toEqual(upTo(stored + 1));
  });

  it('tells how far it is', async () => {
    const views = await running(2_000);
    const shares: number[] = [];
    const replay = views.replay('orders', 'blue-green');
    await until(() => {
      shares.push(status(views)?.replay?.share ?? 0);
      return status(views)?.replay?.state === 'switched';
    });
    await replay;
    expect(shares).toEqual([...shares].sort((one, other) => one - other));
    expect(status(views)?.replay).toMatchObject({ share: 1, eventsApplied: 2_000 });
  });

  it('leaves only the new file; blue-green keeps the old one', async () => {
    const views = await running(3);
    await views.replay('orders');
    expect(files()).toEqual(['orders.v1.2.db']);
    await views.replay('orders', 'blue-green');
    expect(files()).toEqual(['orders.v1.2.db', 'orders.v1.3.db']);
    expect(status(views)).toMatchObject({ file: 'orders.v1.3.db', previous: 'orders.v1.2.db' });
  });

  it('gives byte for byte the same view', async () => {
    const views = await running(1_203);
    await views.replay('orders', 'blue-green');
    await views.stop();
    const bytes = files().map((name) => {
      const packed = join(corner.directory, `${name}.packed`);
      using database = open(name);
      database.exec(`VACUUM INTO '${packed}'`);
      return readFileSync(packed);
    });
    expect(bytes).toHaveLength(2);
    expect(bytes[0]?.equals(bytes[1] ?? Buffer.alloc(0))).toBe(true);
  });

  it('says that live and new view are the same, or which table is not', async () => {
    const views = await running(40);
    const { comparison } = await views.replay('orders', 'dry-run');
    expect(comparison).toEqual([{ table: 'seen', liveRows: 40, newRows: 40, same: true }]);
    {
      using damaged = open('orders.v1.db');
      damaged.exec('DELETE FROM seen WHERE number = 7; CREATE TABLE left_over (x)');
    }
    const found = await views.replay('orders', 'blue-green');
    expect(found.comparison).toEqual([
      { table: 'left_over', liveRows: 0, same: false },
      { table: 'seen', liveRows: 39, newRows: 40, same: false },
    ]);
    expect(seen(views)).toEqual(upTo(40));
  });

  it('changes nothing if it is a dry run', async () => {
    const views = await running(5);
    expect(await views.replay('orders', 'dry-run')).toMatchObject({ state: 'discarded', eventsApplied: 5 });
    expect(files()).toEqual(['orders.v1.db']);
    expect(status(views)).toMatchObject({ state: 'live', file: 'orders.v1.db' });
  });

  it('that meets an event it cannot take leaves the live view as it was, and names the event', async () => {
    let broken = false;
    const views = await running(
      9,
      orders({
        apply: (event, view) => {
          if (broken && (event.data as { number: number }).number === 6) throw new TypeError('no six');
          orders().apply(event, view);
        },
      }),
    );
    broken = true;
    const { state, fault } = await views.replay('orders', 'blue-green');
    expect([state, fault]).toEqual([
      'failed',
      expect.objectContaining({
        type: 'Ordered',
        stream: 'order-6',
        revision: 0,
        message: 'TypeError: no six',
      }),
    ]);
    expect(seen(views)).toEqual(upTo(9));
    expect([status(views)?.state, files()]).toEqual(['live', ['orders.v1.db']]);
  });

  it('brings a stopped view back to life', async () => {
    let repaired = false;
    const views = await running(
      6,
      orders({
        apply: (event, view) => {
          const { number } = event.data as { number: number };
          if (number === 4 && !repaired) throw new Error('not yet');
          orders().apply(event, view);
        },
      }),
    );
    expect(status(views)).toMatchObject({ state: 'stopped', eventsApplied: 3 });
    repaired = true;
    await views.replay('orders');
    expect(status(views)).toMatchObject({ state: 'live', eventsApplied: 6 });
    expect(status(views)?.fault).toBeUndefined();
  });

  it('compares nothing with a live view that cannot take the event at which it stopped', async () => {
    const views = await running(
      6,
      orders({
        apply: (event, view) => {
          const { number } = event.data as { number: number };
          if (number === 4 && view.location()?.endsWith('orders.v1.db')) throw new Error('not in this file');
          orders().apply(event, view);
        },
      }),
    );
    const { state, comparison } = await views.replay('orders', 'blue-green');
    expect([state, comparison]).toEqual(['switched', undefined]);
    expect(status(views)?.state).toBe('live');
  });

  it('ends a pause', async () => {
    const views = await running(2);
    await views.pause('orders');
    await corner.append(2);
    expect(await views.replay('orders', 'blue-green')).toMatchObject({
      comparison: [{ liveRows: 4, newRows: 4, same: true }],
    });
    expect(status(views)?.state).toBe('live');
    expect(seen(views)).toEqual(upTo(4));
  });

  it('runs once at a time for one projection', async () => {
    const views = await running(2_000);
    const first = views.replay('orders');
    await expect(views.replay('orders')).rejects.toBeInstanceOf(ReplayUnderWay);
    await first;
    await views.replay('orders');
  });

  it('can be taken back, and that too, with what was stored meanwhile', async () => {
    const views = await running(10);
    await expect(views.rollback('orders')).rejects.toBeInstanceOf(NothingKept);
    await views.replay('orders', 'blue-green');
    await views.waitFor('orders', await corner.append(5), 5_000);
    await views.rollback('orders');
    expect(status(views)).toMatchObject({ file: 'orders.v1.db', previous: 'orders.v1.2.db', state: 'live' });
    expect(seen(views)).toEqual(upTo(15));
    await views.rollback('orders');
    expect(status(views)).toMatchObject({ file: 'orders.v1.2.db', previous: 'orders.v1.db' });
  });

  it('is what a restart goes on with; leavings of an interrupted one are removed', async () => {
    const views = await running(4);
    await views.replay('orders', 'blue-green');
    await views.stop();
    open('orders.v1.17.db').close();
    const again = corner.open();
    await again.run(orders());
    expect(status(again)).toMatchObject({ file: 'orders.v1.2.db', eventsApplied: 4 });
    await again.replay('orders');
    expect(files()).toEqual(['orders.v1.3.db']);
  });

  it('is given up when the service stops, without a trace', async () => {
    const views = await running(3_000);
    const replay = views.replay('orders', 'blue-green');
    await until(() => (status(views)?.replay?.eventsApplied ?? 0) > 0);
    await views.stop();
    expect(await replay).toMatchObject({ state: 'failed' });
    expect(files()).toEqual(['orders.v1.db']);
  });

  it('is not needed after a move to another store: a view notices that positions have changed', async () => {
    const views = await running(6);
    await views.stop();
    const clock = new VirtualClock(0);
    const elsewhere = sqliteEventStore({ file: ':memory:', clock });
    await copyStore(corner.store, elsewhere);
    const again = corner.open(elsewhere);
    await again.run(orders());
    expect(seen(again)).toEqual(upTo(6));
    const last = await corner.append(1, elsewhere);
    expect(await again.waitFor('orders', last, 5_000)).toBe(true);
    await again.stop();
    await elsewhere.close();
  });
});

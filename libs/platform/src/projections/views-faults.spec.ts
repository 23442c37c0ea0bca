import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pino } from 'pino';
import { all, until } from '../event-store/testing/until.js';
import { aCorner, aLog, orders, seen, upTo } from './testing/orders.js';
import { openViews } from './open-views.js';
import { ViewFile } from './view-file.js';

describe('views, when things go wrong', () => {
  let corner: ReturnType<typeof aCorner>;
  beforeEach(() => {
    corner = aCorner();
  });
  afterEach(() => corner.close());

  it('keep rows and checkpoint together when a fold fails between two of them', async () => {
    await corner.append(9);
    const file = join(corner.directory, 'orders.v1.db');
    const power = { left: 5 };
    const dies = orders({
      apply: (event, view) => {
        orders().apply(event, view);
        if (--power.left === 0) throw new Error('power cut');
      },
    });
    const dying = new ViewFile(file, dies);
    const events = await all(corner.store.readAll());
    expect(() => dying.apply(events.slice(0, 3))).not.toThrow();
    expect(() => dying.apply(events.slice(3))).toThrow('stopped at event');
    dying.close();
    const views = corner.open();
    await views.run(orders());
    expect(seen(views)).toEqual(upTo(9));
  });

  it.each([
    ['its begin', 0],
    ['its checkpoint', 4_096],
  ])('begin anew from the log when %s of the file is not what SQLite wrote', async (_, from) => {
    await corner.append(9);
    const first = corner.open();
    await first.run(orders());
    await first.stop();
    const file = join(corner.directory, 'orders.v1.db');
    writeFileSync(file, readFileSync(file).fill(0xa5, from));
    const views = corner.open();
    await views.run(orders());
    expect(seen(views)).toEqual(upTo(9));
    expect(views.status()).toMatchObject([{ state: 'live', eventsApplied: 9 }]);
  });

  it('wait while their disk is full, say so, and go on by themselves', async () => {
    await corner.append(4);
    const disk = { full: false };
    const fills = orders({
      apply: (event, view) => {
        view.exec(`PRAGMA max_page_count = ${disk.full ? 1 : 1_000}`);
        if (disk.full) view.exec('INSERT INTO seen (number) VALUES (zeroblob(100000))');
        orders().apply(event, view);
      },
    });
    const views = corner.open();
    await views.run(fills);
    disk.full = true;
    await corner.append(3);
    await until(() => views.status()[0]?.state !== 'live');
    expect(views.status()).toMatchObject([
      { state: 'catching-up', wasLive: true, eventsApplied: 4, fault: { message: 'the disk is full' } },
    ]);
    disk.full = false;
    await until(() => views.status()[0]?.state === 'live');
    expect(seen(views)).toEqual(upTo(7));
    expect(views.status()[0]?.fault).toBe(undefined);
  });

  it('say which file cannot be opened, and why', async () => {
    mkdirSync(join(corner.directory, 'orders.v1.db'));
    await expect(async () => corner.open().run(orders())).rejects.toThrow(
      /orders\.v1\.db cannot be opened: the file cannot be opened/,
    );
  });

  it('say which file cannot be made, where its directory cannot be', async () => {
    const file = join(corner.directory, 'no-directory');
    writeFileSync(file, '');
    const views = openViews({
      store: corner.store,
      directory: join(file, 'views'),
      log: pino({ level: 'silent' }),
    });
    await expect(async () => views.run(orders())).rejects.toThrow(
      /orders\.v1\.db cannot be opened: Error: ENOTDIR/,
    );
  });

  it('of two processes on one file take each event once', async () => {
    await corner.append(50);
    const [one, other] = [corner.open(), corner.open()];
    await Promise.all([one.run(orders()), other.run(orders())]);
    const last = await corner.append(50);
    await one.waitFor('orders', last, 5_000);
    await other.waitFor('orders', last, 5_000);
    expect(seen(one)).toEqual(upTo(100));
  });

  it('are begun anew for another version; the earlier file stays for going back', async () => {
    await corner.append(4);
    const views = corner.open();
    await views.run(orders());
    await views.stop();
    const doubled = orders({
      version: 2,
      apply: (event, view) =>
        void view
          .prepare('INSERT INTO seen (number) VALUES (?)')
          .run((event.data as { number: number }).number * 2),
    });
    const next = corner.open();
    await next.run(doubled);
    expect(seen(next)).toEqual([2, 4, 6, 8]);
    expect(readdirSync(corner.directory).filter((name) => name.endsWith('.db'))).toEqual([
      'orders.v1.db',
      'orders.v2.db',
    ]);
  });

  it('are begun anew when they were folded from another log', async () => {
    await corner.append(6);
    const views = corner.open();
    await views.run(orders());
    await views.stop();
    const restored = aLog();
    await corner.append(2, restored);
    const again = corner.open(restored);
    await again.run(orders());
    expect(seen(again)).toEqual([7, 8]);
  });

  it('notice another log even if they were opened while theirs was empty', async () => {
    const views = corner.open();
    await views.run(orders());
    await views.waitFor('orders', await corner.append(3), 5_000);
    await views.stop();
    const restored = aLog();
    await corner.append(5, restored);
    const again = corner.open(restored);
    await again.run(orders());
    expect(seen(again)).toEqual([4, 5, 6, 7, 8]);
  });

  it('stop alone at an event that their fold cannot take, and say which; others go on', async () => {
    await corner.append(8);
    const views = corner.open();
    const fragile = orders({
      name: 'fragile',
      apply: (event, view) => {
        if ((event.data as { number: number }).number === 6) throw new TypeError('six is not allowed');
        orders().apply(event, view);
      },
    });
    await Promise.all([views.run(fragile), views.run(orders())]);
    expect(seen(views, 'fragile')).toEqual(upTo(5));
    expect(seen(views)).toEqual(upTo(8));
    const [stopped, live] = views.status();
    expect(stopped).toMatchObject({ state: 'stopped', eventsApplied: 5, wasLive: false });
    expect(stopped?.fault).toMatchObject({ type: 'Ordered', message: 'TypeError: six is not allowed' });
    expect(live?.state).toBe('live');
  });

  it('go on at the event where they stopped, once it can be taken', async () => {
    await corner.append(3);
    let repaired = false;
    const views = corner.open();
    await views.run(
      orders({
        apply: (event, view) => {
          if (!repaired) throw new Error('not yet');
          orders().apply(event, view);
        },
      }),
    );
    expect(views.status()).toMatchObject([{ state: 'stopped', eventsApplied: 0 }]);
    repaired = true;
    await views.resume('orders');
    expect(views.status()).toMatchObject([{ state: 'live', eventsApplied: 3 }]);
    expect(seen(views)).toEqual(upTo(3));
  });

  it('stop while they catch up, without an error', async () => {
    await corner.append(2_000);
    const views = corner.open();
    const running = views.run(orders());
    await until(() => views.status().length > 0);
    await views.stop();
    await running;
  });
});

import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { VirtualClock } from '@handover/kernel';
import { pino } from 'pino';
import { memoryEventStore } from '../event-store/memory.js';
import { type EventStore } from '../event-store/port.js';
import { until } from '../event-store/testing/until.js';
import { openViews } from './open-views.js';
import { type Projection } from './port.js';
import { ViewFile } from './view-file.js';
import { type Views } from './views.js';

const log = pino({ level: 'silent' });
const metadata = { correlationId: 'c', causationId: 'x', schemaVersion: 1 };

/** Counts orders; keeps the numbers it saw, in order. */
const orders = (more: Partial<Projection> = {}): Projection => ({
  name: 'orders',
  version: 1,
  filter: { categories: ['order'] },
  schema: 'CREATE TABLE seen (at INTEGER PRIMARY KEY, number INTEGER NOT NULL)',
  apply: (event, view) => {
    const { number } = event.data as { number: number };
    view.prepare('INSERT INTO seen (number) VALUES (?)').run(number);
  },
  ...more,
});

const seen = (views: Views, name = 'orders'): number[] =>
  views
    .read(name)
    .prepare('SELECT number FROM seen ORDER BY at')
    .all()
    .map(({ number }) => Number(number));

const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

describe('views', () => {
  let directory: string;
  let store: EventStore;
  let events: number;
  const opened: Views[] = [];

  beforeEach(() => {
    directory = mkdtempSync(join(tmpdir(), 'views-spec-'));
    store = aLog();
    events = 0;
  });
  afterEach(async () => {
    await Promise.all(opened.splice(0).map((views) => views.stop()));
    rmSync(directory, { recursive: true });
  });

  const aLog = (): EventStore => memoryEventStore(new VirtualClock(Date.parse('2026-11-23T10:00:00Z')));
  const open = (from = store): Views => {
    const views = openViews({ store: from, directory, log });
    opened.push(views);
    return views;
  };
  const append = async (count: number, to = store): Promise<string> => {
    let position = '';
    for (let index = 0; index < count; index += 1) {
      const number = ++events;
      const event = { id: `${number}-${Math.random()}`, type: 'Ordered', data: { number }, metadata };
      ({ position } = await to.append(`order-${number % 7}`, [event], 'any'));
    }
    return position;
  };

  it('fold history, then what comes, each event once', async () => {
    await append(1_203);
    const views = open();
    await views.run(orders());
    expect(seen(views)).toEqual(upTo(1_203));
    const last = await append(5);
    expect(await views.waitFor('orders', last, 5_000)).toBe(true);
    expect(seen(views)).toEqual(upTo(1_208));
    expect(views.status()).toMatchObject([{ state: 'live', eventsApplied: 1_208, position: last }]);
  });

  it('go on from their checkpoint after a restart', async () => {
    await append(10);
    const before = open();
    await before.run(orders());
    await before.stop();
    await append(3);
    const after = open();
    await after.run(orders());
    expect(seen(after)).toEqual(upTo(13));
    expect(after.status()).toMatchObject([{ eventsApplied: 13 }]);
  });

  it('keep rows and checkpoint together when the process dies between two of them', async () => {
    await append(9);
    const file = join(directory, 'orders.v1.db');
    const power = { left: 5 };
    const dies = orders({
      apply: (event, view) => {
        orders().apply(event, view);
        if (--power.left === 0) throw new Error('power cut');
      },
    });
    const dying = new ViewFile(file, dies);
    const log = await collect(store);
    expect(() => dying.apply(log.slice(0, 3))).not.toThrow();
    expect(() => dying.apply(log.slice(3))).toThrow('stopped at event');
    dying.close();
    const views = open();
    await views.run(orders());
    expect(seen(views)).toEqual(upTo(9));
  });

  it('of two processes on one file take each event once', async () => {
    await append(50);
    const [one, other] = [open(), open()];
    await Promise.all([one.run(orders()), other.run(orders())]);
    const last = await append(50);
    await one.waitFor('orders', last, 5_000);
    await other.waitFor('orders', last, 5_000);
    expect(seen(one)).toEqual(upTo(100));
  });

  it('are begun anew for another version; the earlier file stays for going back', async () => {
    await append(4);
    const views = open();
    await views.run(orders());
    await views.stop();
    const doubled = orders({
      version: 2,
      apply: (event, view) =>
        void view
          .prepare('INSERT INTO seen (number) VALUES (?)')
          .run((event.data as { number: number }).number * 2),
    });
    const next = open();
    await next.run(doubled);
    expect(seen(next)).toEqual([2, 4, 6, 8]);
    expect(readdirSync(directory).filter((name) => name.endsWith('.db'))).toEqual([
      'orders.v1.db',
      'orders.v2.db',
    ]);
  });

  it('are begun anew when they were folded from another log', async () => {
    await append(6);
    const views = open();
    await views.run(orders());
    await views.stop();
    const restored = aLog();
    events = 100;
    await append(2, restored);
    const again = open(restored);
    await again.run(orders());
    expect(seen(again)).toEqual([101, 102]);
  });

  it('notice another log even if they were opened while theirs was empty', async () => {
    const views = open();
    await views.run(orders());
    await views.waitFor('orders', await append(3), 5_000);
    await views.stop();
    const restored = aLog();
    events = 100;
    await append(5, restored);
    const again = open(restored);
    await again.run(orders());
    expect(seen(again)).toEqual(upTo(5).map((number) => number + 100));
  });

  it('stop alone at an event that their fold cannot take, and say which; others go on', async () => {
    await append(8);
    const views = open();
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
    await append(3);
    let repaired = false;
    const views = open();
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

  it('fold nothing while paused, and everything after', async () => {
    await append(2);
    const views = open();
    await views.run(orders());
    await views.pause('orders');
    const last = await append(2);
    expect(views.status()).toMatchObject([{ state: 'paused' }]);
    expect(await views.waitFor('orders', last, 20)).toBe(false);
    await views.resume('orders');
    expect(seen(views)).toEqual(upTo(4));
  });

  it('have the same rows after a replay', async () => {
    await append(20);
    const views = open();
    await views.run(orders());
    const before = views.read('orders').prepare('SELECT * FROM seen').all();
    await views.replay('orders');
    expect(views.read('orders').prepare('SELECT * FROM seen').all()).toEqual(before);
  });

  it('cannot be written through what readers get', async () => {
    const views = open();
    await views.run(orders());
    expect(() => views.read('orders').exec('INSERT INTO seen (number) VALUES (7)')).toThrow('readonly');
  });

  it('name a projection that does not run', () => {
    expect(() => open().read('nothing')).toThrow('Projection "nothing" does not run here');
  });

  it('tell a reader when its own write is folded in', async () => {
    const views = open();
    await views.run(orders());
    const position = await append(1);
    expect(await views.waitFor('orders', position, 5_000)).toBe(true);
    expect(seen(views)).toEqual([1]);
  });

  it('stop while they catch up, without an error', async () => {
    await append(2_000);
    const views = open();
    const running = views.run(orders());
    await until(() => views.status().length > 0);
    await views.stop();
    await running;
  });
});

async function collect(store: EventStore) {
  const all = [];
  for await (const event of store.readAll()) all.push(event);
  return all;
}
